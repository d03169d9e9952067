import type { Database } from '../store/Database';

/** Sleeps between two looks at the database, as long as nothing is known to be due. */
export class Sleeper {
  #nudged = false;
  /** Epoch milliseconds of work that was written since the last look. */
  #earliest = Infinity;
  /** Wakes the sleeper, who looks again how long to sleep. */
  #rearm?: () => void;

  constructor(private readonly database: Database) {}

  /** Lets the sleeper look for work now. */
  nudge(): void {
    this.#nudged = true;
    this.#rearm?.();
  }

  wakeIn(delayMs: number): void {
    this.wakeBy(this.database.now() + delayMs);
  }

  /** Epoch milliseconds. */
  wakeBy(at: number): void {
    this.#earliest = Math.min(this.#earliest, at);
    this.#rearm?.();
  }

  /** To be called before each look: what is said from now on counts for the sleep after it. */
  forget(): void {
    this.#nudged = false;
    this.#earliest = Infinity;
  }

  async sleep(ms: number): Promise<void> {
    // The wall clock may jump while it sleeps.
    const end = performance.now() + ms;
    while (!this.#nudged) {
      const left = Math.min(
        end - performance.now(),
        this.#earliest - this.database.now(),
      );
      if (left <= 0) {
        break;
      }
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left);
        this.#rearm = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#rearm = undefined;
    }
  }
}
