import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';

/** Lets the API be away for a while, such as when the portal restarts. */
export class Outage {
  #failures = 0;

  constructor(
    private readonly options: {
      /** So many failures in a row are borne. */
      most: number;
      logger: LoggerService;
      /** Of the task. */
      signal?: AbortSignal;
    },
  ) {}

  /** Nothing when the API did not answer, which passes. Throws whatever else is wrong, and what does not pass. */
  async bear<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { logger, most, signal } = this.options;
    try {
      const result = await work();
      this.#failures = 0;
      return result;
    } catch (error) {
      this.#failures += 1;
      if (
        signal?.aborted ||
        !(error instanceof ServiceUnavailableError) ||
        this.#failures > most
      )
        throw error;
      if (this.#failures === 1)
        logger.warn(`${toError(error).message}. Trying again`);
      return undefined;
    }
  }
}
