import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import type { LocalRepositories } from './LocalRepositories';

/** An archive of one commit. */
export interface CommitArchive {
  path: string;
  digest: string;
}

/**
 * Archives of commits, `<directory>/<name>/<commit>.tgz`. Releases are made of these and not of repositories, which
 * change under them.
 */
export class CommitArchives {
  constructor(
    private readonly directory: string,
    private readonly repositories: LocalRepositories,
  ) {}

  path(name: string, commitSha: string): string {
    return resolveSafeChildPath(
      this.directory,
      path.join(name, `${commitSha}.tgz`),
    );
  }

  /** Writes the archive unless it is there. The same commit makes the same bytes. */
  async write(name: string, commitSha: string): Promise<CommitArchive> {
    const archive = this.path(name, commitSha);
    const exists = await access(archive).then(
      () => true,
      () => false,
    );
    if (!exists) await this.create(name, commitSha, archive);
    return { path: archive, digest: await digestOf(archive) };
  }

  private async create(name: string, commitSha: string, archive: string) {
    await mkdir(path.dirname(archive), { recursive: true });
    const work = await mkdtemp(`${archive}.`);
    try {
      const checkout = path.join(work, 'checkout');
      const files = await this.repositories.checkout(name, commitSha, checkout);
      const packed = path.join(work, 'packed.tgz');
      await create(
        {
          file: packed,
          cwd: checkout,
          gzip: { level: 9 },
          // Leaves out what differs between machines: user, group, inode, device, access times.
          portable: true,
          mtime: new Date(
            (await this.repositories.committedAt(name, commitSha)) * 1000,
          ),
        },
        // tar would take a name that starts with @ for an archive to copy from.
        files.map(file => (file.startsWith('@') ? `./${file}` : file)),
      );
      // In one go, so that nobody ever reads half an archive.
      await rename(packed, archive);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return `sha256:${hash.digest('hex')}`;
}
