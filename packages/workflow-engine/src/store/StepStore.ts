import { describeError } from '../errorSummary';
import type { RunMemory } from './RunMemory';
import type { RunChange, Written } from './RunStore';
import type { LeasedEffect } from './rows';

export interface StepChange {
  change: RunChange;
  /** Of a run that was there before. */
  memory?: RunMemory;
}

export interface WrittenSteps {
  /** By position; undefined for what was left out. */
  written: (Written | undefined)[];
  claimed: LeasedEffect[];
}

/** Writes the plain decisions of many runs at once. */
export interface StepStore {
  /**
   * Writes decisions of different runs and leases up to `places` ready effects without target, best first, in a
   * transaction of its own. A decision is left out, and its place not filled, when its run or the lease of its effect
   * is not what it was when it was made, or is held by someone else.
   * @throws PerhapsWrittenError; after any other error nothing was written
   */
  write(changes: StepChange[], places: number): Promise<WrittenSteps>;
}

/** The connection broke, and nobody knows whether before the commit or after it. */
export class PerhapsWrittenError extends Error {
  readonly name = 'PerhapsWrittenError';
  constructor(readonly error: unknown) {
    super(describeError(error), { cause: error });
  }
}
