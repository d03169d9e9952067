import { type LatencyHistogram, latencyBounds } from './protocol';

/** What happened to the requests of one release since counting began. Only ever rises. */
export class RequestCounters {
  requests = 0;
  errors = 0;
  #seconds = 0;
  // One for each bound, and one for what took longer than the last.
  readonly #counts = Array.from({ length: latencyBounds.length + 1 }, () => 0);

  record({ failed, latencyMs }: { latencyMs: number; failed: boolean }): void {
    const seconds = latencyMs / 1000;
    this.requests += 1;
    if (failed) this.errors += 1;
    this.#seconds += seconds;
    const bucket = latencyBounds.findIndex(bound => seconds <= bound);
    this.#counts[bucket < 0 ? latencyBounds.length : bucket] += 1;
  }

  get latency(): LatencyHistogram {
    let sum = 0;
    return {
      seconds: this.#seconds,
      within: this.#counts.slice(0, -1).map(count => {
        sum += count;
        return sum;
      }),
    };
  }
}
