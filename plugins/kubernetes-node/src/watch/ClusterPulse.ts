import type { ClusterDirectory } from '../ClusterDirectory';
import { ClusterResponseError } from '../ClusterResponseError';

/** How old an answer may be to stand for a cluster that is there. */
const freshMs = 3000;
const probeTimeoutMs = 5000;
/** A cluster that was not there is not asked again for so long. */
const pauseMs = 1000;

/**
 * Whether a cluster still answers. The Kubernetes plugin's proxy does not tell the one who watches when an API server
 * dies, and a broken network tells nobody: a watch that says nothing may be one that hears nothing.
 */
export class ClusterPulse {
  #answeredAt = -Infinity;
  #silentAt = -Infinity;
  #probe?: Promise<boolean>;

  constructor(
    private readonly options: {
      clusters: ClusterDirectory;
      cluster: string;
      now: () => number;
      /** Hears when the cluster does not answer. */
      onSilence: () => void;
      /** Hears when it answers again. */
      onReturn: () => void;
    },
  ) {}

  async isThere(): Promise<boolean> {
    const now = this.options.now();
    const age = now - this.#answeredAt;
    if (age <= freshMs / 2) return true;
    if (now - this.#silentAt <= pauseMs) return false;
    this.#probe ??= this.#ask().finally(() => {
      this.#probe = undefined;
    });
    return age <= freshMs || this.#probe;
  }

  async #ask(): Promise<boolean> {
    const { cluster, clusters, now, onReturn, onSilence } = this.options;
    const askedAt = now();
    try {
      const client = await clusters.connect(
        cluster,
        AbortSignal.timeout(probeTimeoutMs),
      );
      // Everybody who is known may ask it.
      await client.get('version').catch((error: unknown) => {
        const refused =
          error instanceof ClusterResponseError &&
          error.status === 403 &&
          error.kubernetes;
        if (!refused) throw error;
      });
      this.#answeredAt = askedAt;
      if (this.#silentAt > -Infinity) onReturn();
      this.#silentAt = -Infinity;
      return true;
    } catch {
      // Whoever asked reads for themselves now, and hears why that fails.
      this.#answeredAt = -Infinity;
      this.#silentAt = now();
      onSilence();
      return false;
    }
  }
}
