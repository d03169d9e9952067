import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { git, type GitOptions } from './git';
import { hasCommit } from './history';
import type { Remote } from './remote';

const fullSha = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/i;
const kept = /^[0-9a-f]{32}\.git$/;

/**
 * Histories of remote repositories on the backend's disk: commits only, no trees and no files, where the host is able to
 * leave them out. One is read and fetched by one at a time.
 */
export class Histories {
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly options: {
      directory: string;
      maxRepositories: number;
      timeoutMs: number;
      /** What git needs besides, such as whom to trust. */
      config: Array<[string, string]>;
    },
  ) {}

  /** Calls `read` with a history that holds the commits, as far as the host has them. */
  async with<T>(
    remote: Remote,
    commits: string[],
    signal: AbortSignal,
    read: (options: GitOptions) => Promise<T>,
  ): Promise<T> {
    const name = `${createHash('sha256').update(remote.url).digest('hex').slice(0, 32)}.git`;
    const answer = await this.#inTurn(name, async () => {
      const gitDir = join(this.options.directory, name);
      const options = { gitDir, signal };
      await this.#prepare(options, remote);
      await this.#fetchMissing(options, remote, commits);
      const now = new Date();
      await utimes(gitDir, now, now);
      return read(options);
    });
    await this.#tidy();
    return answer;
  }

  async #inTurn<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#turns.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(name) === mine) this.#turns.delete(name);
    }
  }

  async #prepare(options: GitOptions, { url }: Remote): Promise<void> {
    await mkdir(this.options.directory, { recursive: true, mode: 0o700 });
    await git(['init', '--quiet', '--bare'], options);
    await git(['config', 'remote.origin.url', url], options);
  }

  async #fetchMissing(
    options: GitOptions,
    remote: Remote,
    commits: string[],
  ): Promise<void> {
    if ((await missing(commits, options)).length === 0) return;
    const headers = await remote.headers();
    const origin = new URL(remote.url).origin;
    const online: GitOptions = {
      ...options,
      online: true,
      config: [
        ...this.options.config,
        ...Object.entries(headers).map(([name, value]): [string, string] => [
          `http.${origin}/.extraHeader`,
          `${name}: ${value}`,
        ]),
      ],
      signal: AbortSignal.any([
        options.signal,
        AbortSignal.timeout(this.options.timeoutMs),
      ]),
    };
    const fetch = (refs: string[]) =>
      git(
        [
          'fetch',
          '--quiet',
          '--no-tags',
          '--no-write-fetch-head',
          '--filter=tree:0',
          'origin',
          ...refs,
        ],
        online,
      );
    // Two commits are less than a history with thousands of branches; not every host gives them by their names.
    if (commits.every(commit => fullSha.test(commit))) {
      const fetched = await fetch(
        commits.map(commit => `+${commit}:refs/slipway/commits/${commit}`),
      ).then(
        () => true,
        () => false,
      );
      if (fetched) return;
    }
    await fetch([
      '+refs/heads/*:refs/slipway/heads/*',
      '+refs/tags/*:refs/slipway/tags/*',
    ]);
  }

  /** Takes away those that nobody has asked for the longest. */
  async #tidy(): Promise<void> {
    const { directory, maxRepositories } = this.options;
    const names = (await readdir(directory)).filter(name => kept.test(name));
    if (names.length <= maxRepositories) return;
    const used = await Promise.all(
      names.map(async name => ({
        name,
        at: await stat(join(directory, name)).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      })),
    );
    const oldest = used
      .sort((a, b) => a.at - b.at)
      .slice(0, names.length - maxRepositories)
      .filter(({ name }) => !this.#turns.has(name));
    await Promise.all(
      oldest.map(({ name }) =>
        this.#inTurn(name, () =>
          rm(join(directory, name), { recursive: true, force: true }),
        ),
      ),
    );
  }
}

/** Those of the commits that a repository has not. */
export async function missing(
  commits: string[],
  options: GitOptions,
): Promise<string[]> {
  const has = await Promise.all(
    commits.map(commit => hasCommit(commit, options)),
  );
  return commits.filter((_, index) => !has[index]);
}
