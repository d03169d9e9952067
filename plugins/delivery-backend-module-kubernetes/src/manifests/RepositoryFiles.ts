import {
  resolveSafeChildPath,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { Errors, TREE, walk } from 'isomorphic-git';
import fs from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const localType = 'slipway-repository:';
const mostFiles = 5000;
/** Bytes. */
const mostContent = 20 * 1024 * 1024;

/** How hosts write the address of a repository at a commit, by the type of their integration. */
const atCommit: Record<string, string> = {
  github: '/tree/',
  gitlab: '/-/tree/',
  bitbucketCloud: '/src/',
};

class Budget {
  #files = 0;
  #bytes = 0;

  spend(bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
    if (this.#files > mostFiles || this.#bytes > mostContent)
      throw new InputError(
        `repository: it has more than ${mostFiles} files or ${mostContent / 1024 / 1024} MB; keep manifests in a repository of their own`,
      );
  }
}

/**
 * Reads repositories at a commit: those of hosts that are under `integrations`, and the portal's own. Symbolic links are not
 * followed, and submodules are left out.
 */
export class RepositoryFiles {
  constructor(
    private readonly options: {
      integrations: ScmIntegrationRegistry;
      /** Where the portal's own repositories are, `<name>.git` each. */
      localRepositories: string;
      urlReader: UrlReaderService;
    },
  ) {}

  /** Writes them into an empty directory. Throws `InputError` naming the field for what cannot be read. */
  async checkOut(
    { commit, repository }: { repository: string; commit: string },
    directory: string,
    signal: AbortSignal,
  ): Promise<void> {
    const budget = new Budget();
    const write = async (path: string, content: Uint8Array) => {
      signal.throwIfAborted();
      budget.spend(content.length);
      const file = resolveSafeChildPath(directory, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    };
    await (repository.startsWith(localType)
      ? this.#local(repository.slice(localType.length), commit, write)
      : this.#remote(repository, commit, write, signal));
  }

  async #local(
    name: string,
    commit: string,
    write: (path: string, content: Uint8Array) => Promise<void>,
  ): Promise<void> {
    const gitdir = resolveSafeChildPath(
      this.options.localRepositories,
      `${name}.git`,
    );
    const isThere = await stat(gitdir).then(
      () => true,
      () => false,
    );
    if (!isThere)
      throw new InputError(
        `repository: the portal has no repository '${name}' of its own`,
      );
    try {
      await walk({
        fs,
        gitdir,
        trees: [TREE({ ref: commit })],
        map: async (path, [entry]) => {
          if ((await entry?.type()) !== 'blob') return;
          // Octal 12: what a symbolic link points at may lie outside.
          // eslint-disable-next-line no-bitwise
          if (((await entry?.mode()) ?? 0) >> 12 === 0o12) return;
          const content = await entry?.content();
          if (content) await write(path, content);
        },
      });
    } catch (error) {
      if (error instanceof Errors.NotFoundError)
        throw new InputError(
          `commit: there is no commit ${commit} in the portal's repository '${name}'; push it first`,
        );
      throw error;
    }
  }

  async #remote(
    repository: string,
    commit: string,
    write: (path: string, content: Uint8Array) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { integrations, urlReader } = this.options;
    const type = integrations.byUrl(repository)?.type;
    if (!type || !atCommit[type])
      throw new InputError(
        `repository: ${type ? `repositories of ${type} are not read` : `the portal has no integration for '${new URL(repository).host}'`}; there are ${Object.keys(atCommit).join(', ')} under integrations, and the portal's own (${localType}NAME)`,
      );
    const base = repository.replace(/(\.git)?\/?$/, '');
    const tree = await urlReader
      .readTree(`${base}${atCommit[type]}${commit}`, { signal })
      .catch((error: unknown) => {
        if ((error as Error).name === 'NotFoundError')
          throw new InputError(
            `repository: there is no commit ${commit} in ${repository}, or the portal's integration may not read it`,
          );
        throw error;
      });
    for (const file of await tree.files())
      await write(file.path, await file.content());
  }
}
