import type { Binding, Statement } from './Database';
import { counted } from './Database';
import type { RunChange } from './RunStore';
import type { Run } from './rows';
import { initialState, runValues } from './runValues';

export const RUN_COLUMNS =
  'r.id, r.type, r.version, r.revision, r.state, r.status, r.wait, r.detail, r.resume, r.priority, r.timers, r.open_effects, r.created_at, r.updated_at, r.finished_at';

const UPDATED = [
  'version',
  'revision',
  'state',
  'status',
  'wait',
  'detail',
  'resume',
  'timers',
  'timer_at',
  'open_effects',
  'updated_at',
  'finished_at',
] as const;
// Made once: a text that is put together anew is also hashed anew, to find its statement.
const INSERT_RUN = `INSERT INTO engine_runs (${UPDATED.join(', ')}, id, type, priority, created_at)
  VALUES (${UPDATED.map(() => '?').join(', ')}, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`;
const UPDATE_RUN = `UPDATE engine_runs SET ${UPDATED.map(column => `${column} = ?`).join(', ')}
  WHERE id = ? AND revision = ?`;

const UPDATE_RUN_OF_LEASED = `${UPDATE_RUN}
  AND EXISTS (SELECT 1 FROM engine_effects WHERE id = ? AND epoch = ? AND state = 'leased')`;

function updatedValues(run: Run): Binding[] {
  const values = runValues(run);
  return UPDATED.map(column => values[column]);
}

export function insertRun(run: Run): Statement {
  return {
    sql: INSERT_RUN,
    bindings: [
      ...updatedValues(run),
      run.id,
      run.type,
      run.priority,
      run.createdAt,
    ],
    returning: counted('id'),
  };
}

export function updateRun(run: Run, previousRevision: number): Statement {
  return {
    sql: UPDATE_RUN,
    bindings: [...updatedValues(run), run.id, previousRevision],
    returning: counted('id'),
  };
}

/** The same, and only while the lease of one of its effects is held. */
export function updateRunOfLeased(
  run: Run,
  previousRevision: number,
  effect: { id: number; epoch: number },
): Statement {
  const update = updateRun(run, previousRevision);
  return {
    ...update,
    sql: UPDATE_RUN_OF_LEASED,
    bindings: [...update.bindings, effect.id, effect.epoch],
  };
}

const insertEventsSql = (count: number): string =>
  `INSERT INTO engine_events (run_id, run_type, version, type, data, actor, at)
   VALUES ${Array(count).fill('(?, ?, ?, ?, ?, ?, ?)').join(', ')}
   ON CONFLICT (run_id, version) DO NOTHING`;
const INSERT_EVENT = insertEventsSql(1);

export function insertEvents(change: RunChange): Statement {
  const before = change.run.version - change.events.length;
  const bindings: Binding[] = [];
  const actor = JSON.stringify(change.actor);
  change.events.forEach((event, index) => {
    bindings.push(
      change.run.id,
      change.run.type,
      before + index + 1,
      event.type,
      JSON.stringify(event),
      actor,
      change.now,
    );
  });
  return {
    sql:
      change.events.length === 1
        ? INSERT_EVENT
        : insertEventsSql(change.events.length),
    bindings,
    returning: {
      columns: 'id, xid, version',
      rows: ({ changes, lastInsertRowid }) =>
        change.events.slice(0, changes).map((_, index) => ({
          id: Number(lastInsertRowid) - changes + 1 + index,
          // SQLite has one writer; its events have no transaction to be told apart by.
          xid: 0,
          version: before + index + 1,
        })),
    },
  };
}

export function unparkEffects(runId: string): Statement {
  return {
    sql: `UPDATE engine_effects SET state = 'ready' WHERE run_id = ? AND state = 'parked' RETURNING id`,
    bindings: [runId],
  };
}

export function insertEffects(change: RunChange, nowSql: string): Statement {
  const { run, now, lease } = change;
  const bindings: Binding[] = [];
  const values = change.newEffects.map(effect => {
    bindings.push(
      run.id,
      run.type,
      effect.key,
      effect.effect.kind,
      JSON.stringify(effect.effect),
      JSON.stringify(change.actor),
      effect.target ?? null,
      effect.orderKey,
      initialState(effect, now),
      effect.dueAt,
      effect.deadlineAt ?? null,
      effect.timeoutMs ?? null,
      JSON.stringify(effect.retry),
      effect.retry.maxAttempts,
      effect.handOver ? 1 : 0,
      effect.handOver ? 1 : 0,
      effect.handOver ? lease.owner : null,
    );
    const leaseUntil = effect.handOver
      ? `${nowSql} + ${Math.ceil(lease.leaseMs)}`
      : 'NULL';
    return `(${Array(17).fill('?').join(', ')}, ${leaseUntil})`;
  });
  return {
    sql: `INSERT INTO engine_effects (run_id, run_type, key, kind, effect, actor, target, order_key, state, due_at,
            deadline_at, timeout_ms, retry, max_attempts, attempts, epoch, lease_owner, lease_until)
          VALUES ${values.join(', ')} ON CONFLICT (run_id, key) DO NOTHING`,
    bindings,
    returning: {
      columns: 'id, key',
      // Of several only RETURNING tells which of them were there already.
      ...(change.newEffects.length === 1 && {
        rows: ({ changes, lastInsertRowid }) =>
          changes
            ? [{ id: Number(lastInsertRowid), key: change.newEffects[0].key }]
            : [],
      }),
    },
  };
}
