import { add, commit, init } from 'isomorphic-git';
import fs from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Content by path; a content of `→ target` makes a symbolic link. */
export type Files = Record<string, string>;

/** Repositories as the portal keeps its own ones. */
export class TestRepositories {
  private constructor(readonly directory: string) {}

  static async create(): Promise<TestRepositories> {
    return new TestRepositories(
      await mkdtemp(join(tmpdir(), 'slipway-repositories-')),
    );
  }

  /** Commits exactly these files, and answers the commit. */
  async commit(name: string, files: Files): Promise<string> {
    const work = await mkdtemp(join(this.directory, 'work-'));
    const git = {
      fs,
      dir: work,
      gitdir: join(this.directory, `${name}.git`),
    };
    await init({ ...git, defaultBranch: 'main' });
    await rm(join(git.gitdir, 'index'), { force: true });
    await writeFiles(work, files);
    await add({ ...git, filepath: Object.keys(files) });
    return commit({
      ...git,
      message: 'What is tested',
      author: { name: 'Ana', email: 'ana@example.com' },
    });
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

export async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    if (content.startsWith('→ ')) await symlink(content.slice(2), file);
    else await writeFile(file, content);
  }
}
