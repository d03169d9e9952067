import { build, type Histogram } from 'hdr-histogram-js';
import type { RequestNumbers } from './protocol';

// Longer than any window that may be asked for.
const keptSeconds = 610;
// Latencies are kept in tenths of a millisecond, so that fast services still show differences.
const unitsPerMs = 10;
const highestMs = 120_000;

interface Second {
  requests: number;
  errors: number;
  latencies: Histogram;
}

/** What happened to the requests of one release, second by second. */
export class RequestStats {
  readonly #seconds = new Map<number, Second>();

  /** One answered (or failed) request. A failed one is a 5xx, or no answer at all. */
  record(request: { latencyMs: number; failed: boolean; at: number }): void {
    const key = Math.floor(request.at / 1000);
    let second = this.#seconds.get(key);
    if (!second) {
      second = { requests: 0, errors: 0, latencies: newHistogram() };
      this.#seconds.set(key, second);
      this.#forget(key - keptSeconds);
    }
    second.requests += 1;
    if (request.failed) second.errors += 1;
    const units = Math.round(request.latencyMs * unitsPerMs);
    second.latencies.recordValue(Math.min(units, highestMs * unitsPerMs));
  }

  /** The numbers from an instant until now, epoch milliseconds. */
  since(from: number, now: number): RequestNumbers {
    const all = newHistogram();
    let requests = 0;
    let errors = 0;
    for (const [key, second] of this.#seconds) {
      if (key < Math.floor(from / 1000)) continue;
      requests += second.requests;
      errors += second.errors;
      all.add(second.latencies);
    }
    const quantile = (percent: number) =>
      requests ? all.getValueAtPercentile(percent) / unitsPerMs : null;
    return {
      requests,
      errors,
      errorRatio: requests ? errors / requests : null,
      p50Ms: quantile(50),
      p95Ms: quantile(95),
      p99Ms: quantile(99),
      requestsPerSecond: requests / Math.max((now - from) / 1000, 1),
    };
  }

  #forget(before: number): void {
    for (const key of this.#seconds.keys())
      if (key < before) this.#seconds.delete(key);
  }
}

function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestMs * unitsPerMs,
    numberOfSignificantValueDigits: 2,
    autoResize: false,
  });
}
