import type { Knex } from 'knex';
import type { LeasedEffect } from '../store/rows';

/** What a transaction did that others must hear of once it is committed. */
export interface Committed {
  runId: string;
  /** Leased to this engine by the transaction: to be run now. */
  leased: LeasedEffect[];
  /** Ids of effects that were cancelled and may be running somewhere. */
  cancelled: number[];
  /** Work became ready that nobody holds. */
  ready: boolean;
  /** Epoch milliseconds of the earliest later work that was written. */
  nextDue: number | undefined;
  /** Targets whose rows exist now. */
  targets: string[];
}

/** Lets a transaction lease effects to the worker of this process. */
export interface HandOver {
  owner: string;
  leaseMs: number;
  /** Takes up to `wanted` places for plain effects; a place must be used or given back. */
  reservePlain(wanted: number): number;
  /** Takes its own unused places, when effects without target are waiting for some. */
  reserveQueued(): number;
  /** Nobody waits for a place any more. */
  queueDrained(): void;
  /** Claims more in the same transaction, when there is room and more is waiting. */
  claimMore(
    tx: Knex.Transaction,
    targetsReady: boolean,
  ): Promise<LeasedEffect[]>;
}

/** What a workflow or its projection threw, apart from what the database threw. */
export class WorkflowFault extends Error {
  readonly name = 'WorkflowFault';
  constructor(
    readonly stage: 'decide' | 'project',
    readonly error: unknown,
  ) {
    super(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** What a transaction did that only changed its run. */
export const NOTHING: Omit<Committed, 'runId'> = {
  leased: [],
  cancelled: [],
  ready: false,
  nextDue: undefined,
  targets: [],
};
