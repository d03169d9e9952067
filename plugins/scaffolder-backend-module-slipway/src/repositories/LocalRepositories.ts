import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  Errors,
  init,
  readBlob,
  readCommit,
  resolveRef,
  writeCommit,
} from 'isomorphic-git';
import fs from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommitAuthor } from './commitAuthor';
import { moveBranch, readBranch } from './moveBranch';
import { writeCheckout } from './writeCheckout';
import { writeSourceTree } from './writeSourceTree';

// DNS labels: the name becomes a folder, a host name and a Kubernetes name.
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const BRANCH = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * The portal's local git repositories: bare ones, `<directory>/<name>.git`, which git itself can clone from and push
 * to. They need no git on the machine.
 */
export class LocalRepositories {
  constructor(private readonly directory: string) {}

  gitdir(name: string): string {
    if (!NAME.test(name)) {
      throw new InputError(
        `'${name}' cannot be a repository's name: up to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends`,
      );
    }
    return resolveSafeChildPath(this.directory, `${name}.git`);
  }

  /** What git can clone from. */
  remoteUrl(name: string): string {
    return pathToFileURL(this.gitdir(name)).href;
  }

  /** The commit of the default branch; `undefined` when there is no such repository, or nothing in it. */
  async head(name: string): Promise<string | undefined> {
    try {
      return await resolveRef({ fs, gitdir: this.gitdir(name), ref: 'HEAD' });
    } catch (error) {
      if (error instanceof Errors.NotFoundError) return undefined;
      throw error;
    }
  }

  async readFile(
    name: string,
    commitSha: string,
    filepath: string,
  ): Promise<string | undefined> {
    try {
      const { blob } = await readBlob({
        fs,
        gitdir: this.gitdir(name),
        oid: commitSha,
        filepath,
      });
      return Buffer.from(blob).toString('utf8');
    } catch (error) {
      if (error instanceof Errors.NotFoundError) return undefined;
      throw error;
    }
  }

  /** Writes a commit's files below a directory. */
  async checkout(
    name: string,
    commitSha: string,
    directory: string,
  ): Promise<string[]> {
    try {
      return await writeCheckout({
        gitdir: this.gitdir(name),
        commitSha,
        directory,
      });
    } catch (error) {
      if (!(error instanceof Errors.NotFoundError)) throw error;
      throw new NotFoundError(
        `The local repository '${name}' has no commit ${commitSha}`,
      );
    }
  }

  /** When a commit was made; seconds since 1970. */
  async committedAt(name: string, commitSha: string): Promise<number> {
    const { commit } = await readCommit({
      fs,
      gitdir: this.gitdir(name),
      oid: commitSha,
    });
    return commit.committer.timestamp;
  }

  /**
   * Makes the content of `sourceDirectory` the newest commit of the branch, creating the repository where there is
   * none. The very content that the branch has already makes no new commit.
   */
  async commit(options: {
    name: string;
    branch: string;
    sourceDirectory: string;
    message: string;
    description?: string;
    author: CommitAuthor;
    /** The commit that the change was made on; `undefined` for a new repository. */
    parent: string | undefined;
    /** Refuse to put other content on top of what is there. */
    onlyNew?: boolean;
    /** Milliseconds since 1970. */
    now: number;
  }): Promise<{ commitSha: string; created: boolean }> {
    const { name, branch, parent } = options;
    if (
      !BRANCH.test(branch) ||
      branch.includes('..') ||
      branch.endsWith('.lock')
    ) {
      throw new InputError(
        `'${branch}' cannot be a branch's name here: letters, digits, '.', '_' and '-'`,
      );
    }
    const gitdir = this.gitdir(name);
    if (!(await this.head(name))) {
      await mkdir(this.directory, { recursive: true });
      await init({ fs, gitdir, bare: true, defaultBranch: branch });
    }
    if (options.description) {
      // Where git and its web front ends look for it.
      await writeFile(
        path.join(gitdir, 'description'),
        `${options.description.replace(/\s+/g, ' ').trim()}\n`,
      );
    }

    const tree = await writeSourceTree(gitdir, options.sourceDirectory);
    const current = await readBranch(gitdir, branch);
    if (current) {
      const { commit } = await readCommit({ fs, gitdir, oid: current });
      if (commit.tree === tree) return { commitSha: current, created: false };
      if (options.onlyNew) {
        throw new ConflictError(
          `There is a local repository '${name}' already, with other content. Choose another name`,
        );
      }
    }

    const signature = {
      ...options.author,
      timestamp: Math.floor(options.now / 1000),
      timezoneOffset: 0,
    };
    const commitSha = await writeCommit({
      fs,
      gitdir,
      commit: {
        tree,
        parent: parent ? [parent] : [],
        author: signature,
        committer: signature,
        message: `${options.message.trim()}\n`,
      },
    });
    await moveBranch({ gitdir, branch, from: parent, to: commitSha });
    return { commitSha, created: true };
  }
}
