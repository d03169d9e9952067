const firstBackoffMs = 500;
const maxBackoffMs = 30_000;
// After running for this long, a copy is started again as quickly as at first.
const ranWellMs = 60_000;
/** So many ends within `crashLoopMs` are a crash loop. */
const crashLoopEnds = 3;
/** Within how long ends are counted; milliseconds. */
const crashLoopMs = 5 * 60_000;

/** When a copy that ends may be started again, and whether it ends too often. Instants are epoch milliseconds. */
export class Restarts {
  #starts: number[] = [];
  #ends: number[] = [];
  #quickEnds = 0;
  /** In all. */
  count = 0;

  constructor(private readonly limit: { max: number; perSeconds: number }) {}

  started(now: number): void {
    this.#starts.push(now);
  }

  /** When to start again. `tooOften` when the limit of starts decides, and not the back-off alone. */
  ended(now: number): { at: number; tooOften: boolean } {
    const runs = now - (this.#starts.at(-1) ?? now);
    this.count += 1;
    this.#ends.push(now);
    this.#quickEnds = runs >= ranWellMs ? 1 : this.#quickEnds + 1;
    const backoff = Math.min(
      firstBackoffMs * 2 ** (this.#quickEnds - 1),
      maxBackoffMs,
    );
    const windowMs = this.limit.perSeconds * 1000;
    this.#starts = this.#starts.filter(at => at > now - windowMs);
    const full = this.#starts.length >= this.limit.max;
    const free = full ? this.#starts.at(-this.limit.max)! + windowMs : now;
    return {
      at: Math.max(now + backoff, free),
      tooOften: free > now + backoff,
    };
  }

  /** How often it ended of late, when that is a crash loop. */
  loop(now: number): number | undefined {
    this.#ends = this.#ends.filter(at => at > now - crashLoopMs);
    return this.#ends.length >= crashLoopEnds ? this.#ends.length : undefined;
  }
}
