import type { Knex } from 'knex';
import type { RecordedEvent } from '../api/records';
import type { Actor, RetryPolicy } from '../api/workflow';
import { DuplicateEffectError } from '../errors';
import type { Database, Statement } from './Database';
import { counted } from './Database';
import type { IdempotencyEntry } from './IdempotencyStore';
import { insertIdempotency } from './IdempotencyStore';
import {
  insertEffects,
  insertEvents,
  insertRun,
  RUN_COLUMNS,
  unparkEffects,
  updateRun,
} from './runStatements';
import type {
  Bigint,
  EffectEnd,
  EventRow,
  LeasedEffect,
  Run,
  RunRow,
} from './rows';
import { RunMemory } from './RunMemory';
import { lockRunSql, toRecordedEvent, toRun } from './rows';

/** An effect that a decision asked for, with every default filled in. */
export interface NewEffect {
  key: string;
  effect: { kind: string };
  target: string | undefined;
  orderKey: number;
  dueAt: number;
  deadlineAt: number | undefined;
  timeoutMs: number | undefined;
  retry: RetryPolicy;
  /** Leased to the writing worker as it is born: no claim needed. */
  handOver: boolean;
}

/** Everything that one decision writes. */
export interface RunChange {
  run: Run;
  /** Undefined for a new run, else the revision that the decision was made on. */
  previousRevision: number | undefined;
  events: { type: string }[];
  actor: Actor;
  now: number;
  newEffects: NewEffect[];
  /** The effect whose end this decision answers; its lease is checked once more in the write. */
  ended?: { id: number; epoch: number; key: string };
  /** Parked results are to be delivered again. */
  unpark: boolean;
  idempotency?: IdempotencyEntry;
  /** A write to the target's breaker that goes along. */
  breaker?: Statement;
  lease: { owner: string; leaseMs: number };
}

export interface Written {
  /** As they are told to whoever asks; most decisions nobody asks about. */
  events(): RecordedEvent[];
  handedOver: LeasedEffect[];
}

export type InsertedEvent = {
  id: Bigint;
  xid: Bigint;
  version: number;
};

/** The effects of a decision that are leased to its writer. */
export function handedOver(
  change: RunChange,
  idByKey: ReadonlyMap<string, number>,
  memory: RunMemory,
): LeasedEffect[] {
  return change.newEffects
    .filter(effect => effect.handOver)
    .map(effect => ({
      id: idByKey.get(effect.key)!,
      runId: change.run.id,
      runType: change.run.type,
      key: effect.key,
      kind: effect.effect.kind,
      effect: JSON.parse(JSON.stringify(effect.effect)),
      actor: change.actor,
      target: effect.target,
      deadlineAt: effect.deadlineAt,
      timeoutMs: effect.timeoutMs,
      retry: effect.retry,
      attempts: 1,
      epoch: 1,
      end: undefined,
      memory,
    }));
}

/** The events of a decision as they are told, from what the database says of their rows. */
export function recordedEvents(
  change: RunChange,
  rows: InsertedEvent[],
): RecordedEvent[] {
  const byVersion = new Map(rows.map(row => [Number(row.version), row]));
  const before = change.run.version - change.events.length;
  return change.events.map((event, index) => {
    const version = before + index + 1;
    const row = byVersion.get(version)!;
    const eventRow: EventRow = {
      id: row.id,
      xid: row.xid,
      run_id: change.run.id,
      run_type: change.run.type,
      version,
      type: event.type,
      data: JSON.stringify(event),
      actor: JSON.stringify(change.actor),
      at: change.now,
    };
    return toRecordedEvent(eventRow);
  });
}

/** The run or the effect is not what it was when the write was prepared; nothing may be written. */
export class FencedError extends Error {
  readonly name = 'FencedError';
}

/** SQLite reads a join ten times slower than two look-ups. */
const RUN_OF_LEASED = `FROM engine_runs r
  WHERE r.id = (SELECT e.run_id FROM engine_effects e WHERE e.id = ? AND e.epoch = ? AND e.state = 'leased')`;

/** Reads, locks and writes runs. Lock order everywhere: the run, then its effects, then targets. */
export class RunStore {
  constructor(private readonly database: Database) {}

  async read(connection: Knex, runId: string): Promise<Run | undefined> {
    const [row] = await this.database.query<RunRow>(connection, {
      sql: `SELECT ${RUN_COLUMNS}, (SELECT MIN(o.due_at) FROM engine_effects o WHERE o.run_id = r.id) AS effects_due
            FROM engine_runs r WHERE r.id = ?`,
      bindings: [runId],
    });
    return row && toRun(row);
  }

  /** Takes the run's row until the transaction ends. */
  async lock(
    tx: Knex.Transaction,
    runId: string,
  ): Promise<{ run: Run; now: number } | undefined> {
    const [row] = await this.database.query<RunRow & { now_ms: Bigint }>(tx, {
      sql: `SELECT ${RUN_COLUMNS}, ${this.database.nowSql()} AS now_ms,
              (SELECT MIN(o.due_at) FROM engine_effects o WHERE o.run_id = r.id) AS effects_due
            FROM engine_runs r WHERE r.id = ? ${lockRunSql(this.database.dialect)}`,
      bindings: [runId],
    });
    return row && { run: toRun(row), now: Number(row.now_ms) };
  }

  /** Takes the run of an effect, if the lease is still held. */
  async lockForEffect(
    tx: Knex.Transaction,
    effect: LeasedEffect,
  ): Promise<{ run: Run; now: number; targetFree: boolean } | undefined> {
    // Postgres has to see the lease under the run's lock.
    const found =
      this.database.dialect === 'sqlite'
        ? {
            sql: RUN_OF_LEASED,
            bindings: [effect.id, effect.epoch],
          }
        : {
            sql: `FROM engine_effects e JOIN engine_runs r ON r.id = e.run_id
                  WHERE e.id = ? AND e.epoch = ? AND e.state = 'leased' ${lockRunSql('postgres')}`,
            bindings: [effect.id, effect.epoch],
          };
    const free =
      effect.target === undefined
        ? { sql: '0', bindings: [] }
        : {
            sql: `(SELECT 1 FROM engine_targets t WHERE t.name = ? AND t.breaker = 'closed'
                     AND NOT EXISTS (SELECT 1 FROM engine_effects w WHERE w.target = t.name AND w.state = 'ready'))`,
            bindings: [effect.target],
          };
    const [row] = await this.database.query<
      RunRow & { now_ms: Bigint; target_free: number | null }
    >(tx, {
      sql: `SELECT ${RUN_COLUMNS}, ${this.database.nowSql()} AS now_ms,
              (SELECT MIN(o.due_at) FROM engine_effects o WHERE o.run_id = r.id AND o.id <> ?) AS effects_due,
              ${free.sql} AS target_free
            ${found.sql}`,
      bindings: [effect.id, ...free.bindings, ...found.bindings],
    });
    return (
      row && {
        run: toRun(row),
        now: Number(row.now_ms),
        targetFree: Number(row.target_free) === 1,
      }
    );
  }

  /** Runs of effects whose leases are still held, by effect, as they stand: nobody is waited for, nothing is locked. */
  async readForEffects(
    effects: { id: number; epoch: number }[],
  ): Promise<Map<number, Run>> {
    if (this.database.dialect === 'sqlite') {
      const found = new Map<number, Run>();
      for (const { id, epoch } of effects) {
        const [row] = await this.database.query<RunRow>(this.database.knex, {
          sql: `SELECT ${RUN_COLUMNS} ${RUN_OF_LEASED}`,
          bindings: [id, epoch],
        });
        if (row) {
          found.set(id, toRun(row));
        }
      }
      return found;
    }
    const rows = await this.database.query<RunRow & { effect_id: Bigint }>(
      this.database.knex,
      {
        // One look-up each, whatever the planner believes of the tables' sizes: it would read small ones whole.
        sql: `SELECT ${RUN_COLUMNS}, e.id AS effect_id
              FROM json_to_recordset(CAST(? AS json)) AS x(id bigint, epoch integer)
              CROSS JOIN LATERAL (SELECT id, run_id FROM engine_effects
                WHERE id = x.id AND epoch = x.epoch AND state = 'leased' LIMIT 1) AS e
              CROSS JOIN LATERAL (SELECT * FROM engine_runs WHERE id = e.run_id LIMIT 1) AS r`,
        bindings: [
          JSON.stringify(effects.map(({ id, epoch }) => ({ id, epoch }))),
        ],
      },
    );
    return new Map(rows.map(row => [Number(row.effect_id), toRun(row)]));
  }

  /** Takes the run whose timer is due longest, passing over runs that someone else works on. */
  async lockNextDueTimer(
    tx: Knex.Transaction,
    types: string[],
  ): Promise<{ run: Run; now: number } | undefined> {
    const now = this.database.nowSql();
    const [row] = await this.database.query<RunRow & { now_ms: Bigint }>(tx, {
      sql: `SELECT ${RUN_COLUMNS}, ${now} AS now_ms,
              (SELECT MIN(o.due_at) FROM engine_effects o WHERE o.run_id = r.id) AS effects_due
            FROM engine_runs r WHERE r.timer_at <= ${now} AND r.type IN (${types.map(() => '?').join(', ')})
            ORDER BY r.timer_at LIMIT 1 ${this.database.skipLocked && 'FOR UPDATE OF r SKIP LOCKED'}`,
      bindings: types,
    });
    return row && { run: toRun(row), now: Number(row.now_ms) };
  }

  /** Ends effects by key. Returns the ids of those that were open. */
  async cancelEffects(
    tx: Knex.Transaction,
    runId: string,
    keys: string[],
  ): Promise<number[]> {
    const rows = await this.database.query<{ id: Bigint }>(tx, {
      sql: `DELETE FROM engine_effects WHERE run_id = ? AND key IN (${keys.map(() => '?').join(', ')}) RETURNING id`,
      bindings: [runId, ...keys],
    });
    return rows.map(row => Number(row.id));
  }

  /**
   * Ends all effects of a run. Returns their ids.
   * @throws FencedError when `ended` is not among them under its epoch
   */
  async cancelAllEffects(
    tx: Knex.Transaction,
    runId: string,
    ended: { id: number; epoch: number } | undefined,
  ): Promise<number[]> {
    const rows = await this.database.query<{ id: Bigint; epoch: number }>(tx, {
      sql: 'DELETE FROM engine_effects WHERE run_id = ? RETURNING id, epoch',
      bindings: [runId],
    });
    if (
      ended &&
      !rows.some(
        row => Number(row.id) === ended.id && Number(row.epoch) === ended.epoch,
      )
    ) {
      throw new FencedError();
    }
    return rows.map(row => Number(row.id)).filter(id => id !== ended?.id);
  }

  /**
   * Writes a decision. When it throws, a part may have been written: roll back, if only to a savepoint.
   * @throws FencedError when the run exists already or has moved on, or the lease of `ended` is lost;
   * DuplicateEffectError
   */
  async write(tx: Knex.Transaction, change: RunChange): Promise<Written> {
    const { run, ended } = change;
    const endedStatement: Statement | undefined = ended && {
      sql: `DELETE FROM engine_effects WHERE id = ? AND epoch = ? AND state = 'leased'`,
      bindings: [ended.id, ended.epoch],
      returning: counted('id'),
    };
    const first = {
      // Before the effect goes: a failure counts only while the lease stands.
      ...(change.breaker && { breaker: change.breaker }),
      ...(endedStatement && { ended: endedStatement }),
      run:
        change.previousRevision === undefined
          ? insertRun(run)
          : updateRun(run, change.previousRevision),
      ...(change.events.length > 0 && { events: insertEvents(change) }),
      ...(change.idempotency && {
        idempotency: insertIdempotency(change.idempotency, change.now),
      }),
      ...(change.unpark && { unpark: unparkEffects(run.id) }),
    };
    const effects =
      change.newEffects.length > 0
        ? insertEffects(change, this.database.nowSql())
        : undefined;
    // A key may be asked for again by the very decision that answers its end; the unique index must
    // then see the deletion first, which parts of one statement do not promise.
    const separate =
      ended && change.newEffects.some(({ key }) => key === ended.key);
    const result = await this.database.together<
      | 'ended'
      | 'run'
      | 'events'
      | 'idempotency'
      | 'breaker'
      | 'unpark'
      | 'effects'
    >(tx, { ...first, ...(effects && !separate && { effects }) });
    if (effects && separate) {
      Object.assign(result, await this.database.together(tx, { effects }));
    }
    if (result.run?.length !== 1 || (ended && result.ended?.length !== 1)) {
      throw new FencedError();
    }
    const rows = (result.effects ?? []) as { id: Bigint; key: string }[];
    const idByKey = new Map(rows.map(row => [row.key, Number(row.id)]));
    for (const { key } of change.newEffects) {
      if (!idByKey.has(key)) {
        throw new DuplicateEffectError(run.id, key);
      }
    }
    return {
      events: () =>
        recordedEvents(change, (result.events ?? []) as InsertedEvent[]),
      handedOver: handedOver(change, idByKey, RunMemory.of(change.run)),
    };
  }

  /** Keeps an effect's end until someone has helped the run; the lease is given up. */
  async parkEffect(
    tx: Knex.Transaction,
    ended: { id: number; epoch: number },
    end: EffectEnd,
  ): Promise<void> {
    const rows = await this.database.query(tx, {
      sql: `UPDATE engine_effects SET state = 'parked', outcome = ?, target = NULL, lease_owner = NULL, lease_until = NULL
            WHERE id = ? AND epoch = ? AND state = 'leased' RETURNING id`,
      bindings: [JSON.stringify(end), ended.id, ended.epoch],
    });
    if (rows.length !== 1) {
      throw new FencedError();
    }
  }
}
