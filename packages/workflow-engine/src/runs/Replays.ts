import type { Knex } from 'knex';
import type { SubmitResult } from '../api/records';
import { IdempotencyConflictError, RunNotFoundError } from '../errors';
import type { EventStore } from '../store/EventStore';
import type {
  IdempotencyEntry,
  IdempotencyStore,
} from '../store/IdempotencyStore';
import type { RunStore } from '../store/RunStore';
import { toRunRecord } from '../store/rows';

/** Answers commands whose idempotency key was seen before. */
export class Replays {
  constructor(
    private readonly stores: {
      runs: RunStore;
      events: EventStore;
      idempotency: IdempotencyStore;
    },
  ) {}

  /** @throws IdempotencyConflictError when the key was used for another command */
  async find(
    tx: Knex.Transaction,
    entry: IdempotencyEntry | undefined,
  ): Promise<SubmitResult | undefined> {
    if (!entry) {
      return undefined;
    }
    const found = await this.stores.idempotency.find(
      tx,
      entry.scope,
      entry.key,
    );
    if (!found) {
      return undefined;
    }
    if (found.commandHash !== entry.commandHash) {
      throw new IdempotencyConflictError(entry.key);
    }
    const run = await this.stores.runs.read(tx, found.runId);
    if (!run) {
      throw new RunNotFoundError(found.runId);
    }
    const count = found.toVersion - found.fromVersion;
    const events =
      count === 0
        ? []
        : await this.stores.events.ofRun(
            run.id,
            found.fromVersion,
            count,
            found.toVersion,
            tx,
          );
    return { run: toRunRecord(run), events, replayed: true };
  }
}
