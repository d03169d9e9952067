import { build, type Histogram } from 'hdr-histogram-js';
import type { RequestNumbers, SecondNumbers } from './protocol';

// Longer than any window that may be asked for.
const keptSeconds = 610;
// Latencies are kept in tenths of a millisecond, so that fast services still show differences.
const unitsPerMs = 10;
const highestMs = 120_000;

interface Second {
  requests: number;
  errors: number;
  /** Sum of all latencies; a histogram knows only about how long each took. */
  totalMs: number;
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
      second = newSecond();
      this.#seconds.set(key, second);
      this.#forget(key - keptSeconds);
    }
    second.requests += 1;
    if (request.failed) second.errors += 1;
    second.totalMs += request.latencyMs;
    const units = Math.round(request.latencyMs * unitsPerMs);
    second.latencies.recordValue(Math.min(units, highestMs * unitsPerMs));
  }

  /** The numbers from an instant until now, epoch milliseconds. */
  since(from: number, now: number): RequestNumbers {
    const all = newSecond();
    for (const [key, second] of this.#seconds) {
      if (key < Math.floor(from / 1000)) continue;
      all.requests += second.requests;
      all.errors += second.errors;
      all.totalMs += second.totalMs;
      all.latencies.add(second.latencies);
    }
    return numbersOf(all, Math.max((now - from) / 1000, 1));
  }

  /** Each whole second from an instant until now that had a request, in the order of time. Epoch milliseconds. */
  perSecond(from: number, now: number): SecondNumbers[] {
    return [...this.#seconds]
      .map(([key, second]) => ({ at: key * 1000, ...numbersOf(second, 1) }))
      .filter(({ at }) => at >= from && at + 1000 <= now)
      .sort((a, b) => a.at - b.at);
  }

  #forget(before: number): void {
    for (const key of this.#seconds.keys())
      if (key < before) this.#seconds.delete(key);
  }
}

function numbersOf(
  { requests, errors, totalMs, latencies }: Second,
  seconds: number,
): RequestNumbers {
  const quantile = (percent: number) =>
    requests ? latencies.getValueAtPercentile(percent) / unitsPerMs : null;
  return {
    requests,
    errors,
    errorRatio: requests ? errors / requests : null,
    meanMs: requests ? totalMs / requests : null,
    p50Ms: quantile(50),
    p95Ms: quantile(95),
    p99Ms: quantile(99),
    requestsPerSecond: requests / seconds,
  };
}

function newSecond(): Second {
  return { requests: 0, errors: 0, totalMs: 0, latencies: newHistogram() };
}

function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestMs * unitsPerMs,
    numberOfSignificantValueDigits: 2,
    autoResize: false,
  });
}
