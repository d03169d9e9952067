import { InputError } from '@backstage/errors';
import type { Artifact } from '@slipway/backstage-plugin-delivery-common';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactSource } from './ArtifactSource';

const staleDraftMs = 60 * 60_000;

/** Artifacts by digest, each fetched once. A folder is there whole or not at all. */
export class ArtifactStore {
  readonly #fetching = new Map<string, Promise<string>>();

  constructor(
    private readonly directory: string,
    private readonly sources: ArtifactSource[],
  ) {}

  /** The folder of an artifact, after fetching it if it is not there. */
  async prepare(artifact: Artifact, signal: AbortSignal): Promise<string> {
    const folder = join(this.directory, folderName(artifact));
    if (existsSync(folder)) return folder;
    let fetching = this.#fetching.get(folder);
    if (!fetching) {
      fetching = this.#fetch(artifact, folder, signal).finally(() =>
        this.#fetching.delete(folder),
      );
      this.#fetching.set(folder, fetching);
    }
    return fetching;
  }

  async command(artifact: Artifact, folder: string): Promise<string[]> {
    return this.#source(artifact).command(artifact, folder);
  }

  startsAtHome(artifact: Artifact): boolean {
    return this.#source(artifact).startsAtHome ?? false;
  }

  /** Clears away what a backend that was killed had only half fetched. */
  async removeDrafts(): Promise<void> {
    const entries = await readdir(this.directory).catch(() => []);
    for (const entry of entries.filter(name => name.includes('.'))) {
      const draft = join(this.directory, entry);
      const changed = (await stat(draft).catch(() => undefined))?.mtimeMs;
      // A younger one may be what another backend is fetching just now.
      if (changed !== undefined && Date.now() - changed > staleDraftMs)
        await rm(draft, { recursive: true, force: true });
    }
  }

  #source(artifact: Artifact): ArtifactSource {
    const source = this.sources.find(({ kind }) => kind === artifact.kind);
    if (!source)
      throw new InputError(
        `The embedded runtime does not run artifacts of kind '${artifact.kind}'`,
      );
    return source;
  }

  async #fetch(
    artifact: Artifact,
    folder: string,
    signal: AbortSignal,
  ): Promise<string> {
    const draft = `${folder}.${randomBytes(4).toString('hex')}`;
    await mkdir(draft, { recursive: true });
    try {
      await this.#source(artifact).fetch(artifact, draft, signal);
      await rename(draft, folder).catch(error => {
        // Another backend was quicker; what it has put there has the same digest.
        if (!existsSync(folder)) throw error;
      });
      return folder;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
}

function folderName({ kind, digest }: Artifact): string {
  return `${kind}-${createHash('sha256').update(digest).digest('hex').slice(0, 32)}`;
}
