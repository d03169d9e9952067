import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git, type GitOptions } from './git';
import { resolve } from './history';
import type { Remote } from './remote';

interface History {
  gitDir: Promise<string>;
  /** Settles when whoever reads it now has done so. */
  turn: Promise<unknown>;
}

/**
 * Histories of remote repositories on the backend's disk: commits only, no trees and no files, where the host is able to
 * leave them out. The last ones are kept, so that what a next release brings is all that is fetched for it.
 */
export class Histories {
  /** By URL; the one used last comes last. */
  readonly #kept = new Map<string, History>();

  constructor(
    private readonly options: {
      /** Of theirs alone. */
      directory: string;
      /** How many are kept. */
      limit: number;
      /** What git needs besides, such as whom to trust. */
      config: Array<[string, string]>;
    },
  ) {}

  /** Calls `read` with a history that has the commits, as far as the host has them. One is read by one at a time. */
  async with<T>(
    remote: Remote,
    commits: string[],
    signal: AbortSignal,
    read: (options: GitOptions) => Promise<T>,
  ): Promise<T> {
    const history = this.#take(remote.url);
    const fetched = history.turn.then(async () => {
      try {
        const options = { gitDir: await history.gitDir, signal };
        await this.#fetch(options, remote, commits);
        return options;
      } catch (error) {
        // Git that was stopped leaves locks behind, and whoever tidies the machine may have taken it away.
        if (this.#kept.get(remote.url) === history) this.#drop(remote.url);
        throw error;
      }
    });
    const mine = fetched.then(read);
    history.turn = mine.catch(() => undefined);
    return mine;
  }

  #take(url: string): History {
    const history = this.#kept.get(url) ?? {
      gitDir: this.#newDirectory(),
      turn: Promise.resolve(),
    };
    this.#kept.delete(url);
    this.#kept.set(url, history);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.options.limit) this.#drop(oldest);
    return history;
  }

  async #newDirectory(): Promise<string> {
    const { directory } = this.options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return mkdtemp(join(directory, 'history-'));
  }

  /** Whoever wants it again gets a new one; whoever reads it now may do so to the end. */
  #drop(url: string): void {
    const history = this.#kept.get(url);
    this.#kept.delete(url);
    history?.turn
      .then(async () =>
        rm(await history.gitDir, { recursive: true, force: true }),
      )
      .catch(() => undefined);
  }

  async #fetch(
    options: GitOptions,
    remote: Remote,
    commits: string[],
  ): Promise<void> {
    await git(['init', '--quiet', '--bare'], options);
    const found = await resolve(commits, options);
    if (found.every(Boolean)) return;
    // A name of its own lets git keep a history without trees; it must not hold credentials.
    await git(['config', 'remote.origin.url', remote.url], options);
    const { origin } = new URL(remote.url);
    const headers = Object.entries(await remote.headers());
    await git(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--prune',
        '--filter=tree:0',
        'origin',
        // Not where a short name of a commit would be looked for.
        '+refs/heads/*:refs/slipway/heads/*',
        '+refs/tags/*:refs/slipway/tags/*',
      ],
      {
        ...options,
        online: true,
        config: [
          ...this.options.config,
          ...headers.map(([name, value]): [string, string] => [
            `http.${origin}/.extraHeader`,
            `${name}: ${value}`,
          ]),
        ],
      },
    );
  }
}
