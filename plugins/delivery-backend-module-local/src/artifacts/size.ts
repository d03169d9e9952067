import { InputError } from '@backstage/errors';

/** How much one artifact may hold. */
export interface ArtifactLimits {
  maxFiles: number;
  maxMiB: number;
}

/** Adds up what an artifact holds, and throws `InputError` as soon as it is more than this machine should take. */
export class ArtifactSize {
  #entries = 0;
  #bytes = 0;

  constructor(
    private readonly what: string,
    private readonly limits: ArtifactLimits,
  ) {}

  add(bytes: number): void {
    const { maxFiles, maxMiB } = this.limits;
    this.#entries += 1;
    this.#bytes += bytes;
    if (this.#entries > maxFiles || this.#bytes > maxMiB * 2 ** 20)
      throw new InputError(
        `${this.what} holds more than ${maxFiles} files or ${maxMiB} MiB (delivery.local.artifactLimits); release only what it needs to run`,
      );
  }
}
