import type { Run } from './rows';

/**
 * A run as it was last read or written, so that the next decision on it need not read it. Only its revision tells
 * whether it still stands so; what was written may be remembered only once it is committed.
 */
export class RunMemory {
  #run?: Omit<Run, 'state'>;
  #state = '';

  static of(run: Run): RunMemory {
    const memory = new RunMemory();
    memory.remember(run);
    return memory;
  }

  remember({ state, ...run }: Run): void {
    this.#run = run;
    this.#state = JSON.stringify(state);
  }

  forget(): void {
    this.#run = undefined;
  }

  /** The state comes as from the database: a workflow that changes it in place spoils nothing. */
  recall(): Run | undefined {
    return this.#run && { ...this.#run, state: JSON.parse(this.#state) };
  }
}
