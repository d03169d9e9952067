import type { Binding, Statement } from './Database';
import type { RunChange } from './RunStore';
import { initialState, runValues } from './runValues';

const RUN_VALUES: Record<string, string> = {
  version: 'integer',
  state: 'text',
  status: 'text',
  wait: 'text',
  detail: 'text',
  resume: 'text',
  timers: 'text',
  timer_at: 'bigint',
  open_effects: 'integer',
  updated_at: 'bigint',
  finished_at: 'bigint',
};
const NEW_RUN_VALUES: Record<string, string> = {
  ...RUN_VALUES,
  id: 'text',
  type: 'text',
  priority: 'integer',
  created_at: 'bigint',
};
const EVENT_VALUES: Record<string, string> = {
  run_id: 'text',
  run_type: 'text',
  version: 'integer',
  type: 'text',
  data: 'text',
  actor: 'text',
  at: 'bigint',
};
const EFFECT_VALUES: Record<string, string> = {
  run_id: 'text',
  run_type: 'text',
  key: 'text',
  kind: 'text',
  effect: 'text',
  actor: 'text',
  target: 'text',
  order_key: 'bigint',
  state: 'text',
  due_at: 'bigint',
  deadline_at: 'bigint',
  timeout_ms: 'integer',
  retry: 'text',
  max_attempts: 'integer',
  attempts: 'integer',
  epoch: 'integer',
  lease_owner: 'text',
};

type Values = Record<string, Binding>;

/** Rows as one JSON parameter, so that the statement's text does not depend on how many there are. */
const rowsOf = (columns: Record<string, string>): string =>
  `json_to_recordset(CAST(? AS json)) AS x(${Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`;

const names = (columns: Record<string, string>): string =>
  Object.keys(columns).join(', ');

/** Postgres: what decisions of different runs write, as parts of one statement. */
export function togetherStatements(
  changes: RunChange[],
  nowSql: string,
): Partial<
  Record<'ended' | 'created' | 'updated' | 'events' | 'effects', Statement>
> {
  const ended = changes.flatMap(change =>
    change.ended ? [{ id: change.ended.id, epoch: change.ended.epoch }] : [],
  );
  const created = changes
    .filter(({ previousVersion }) => previousVersion === undefined)
    .map(({ run }) => ({
      ...runValues(run),
      id: run.id,
      type: run.type,
      priority: run.priority,
      created_at: run.createdAt,
    }));
  const updated = changes.flatMap(({ run, previousVersion }) =>
    previousVersion === undefined
      ? []
      : [{ ...runValues(run), id: run.id, previous: previousVersion }],
  );
  const events = changes.flatMap(eventValues);
  const effects = changes.flatMap(effectValues);
  const statement = (sql: string, rows: Values[]): Statement => ({
    sql,
    bindings: [JSON.stringify(rows)],
  });
  return {
    ...(ended.length > 0 && {
      ended: statement(
        `DELETE FROM engine_effects e USING ${rowsOf({ id: 'bigint', epoch: 'integer' })}
         WHERE e.id = x.id AND e.epoch = x.epoch AND e.state = 'leased' RETURNING e.id`,
        ended,
      ),
    }),
    ...(created.length > 0 && {
      created: statement(
        `INSERT INTO engine_runs (${names(NEW_RUN_VALUES)})
         SELECT ${names(NEW_RUN_VALUES)} FROM ${rowsOf(NEW_RUN_VALUES)}
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        created,
      ),
    }),
    ...(updated.length > 0 && {
      updated: statement(
        `UPDATE engine_runs r SET ${Object.keys(RUN_VALUES)
          .map(name => `${name} = x.${name}`)
          .join(
            ', ',
          )} FROM ${rowsOf({ ...RUN_VALUES, id: 'text', previous: 'integer' })}
         WHERE r.id = x.id AND r.version = x.previous RETURNING r.id`,
        updated,
      ),
    }),
    ...(events.length > 0 && {
      // Ids rise as the rows are read, and the feed shows the events of a run by id.
      events: statement(
        `INSERT INTO engine_events (${names(EVENT_VALUES)})
         SELECT ${names(EVENT_VALUES)} FROM ${rowsOf(EVENT_VALUES)}
         ON CONFLICT (run_id, version) DO NOTHING RETURNING id, xid, run_id, version`,
        events,
      ),
    }),
    ...(effects.length > 0 && {
      effects: statement(
        `INSERT INTO engine_effects (${names(EFFECT_VALUES)}, lease_until)
         SELECT ${names(EFFECT_VALUES)}, ${nowSql} + x.lease_ms
         FROM ${rowsOf({ ...EFFECT_VALUES, lease_ms: 'bigint' })}
         ON CONFLICT (run_id, key) DO NOTHING RETURNING id, run_id, key`,
        effects,
      ),
    }),
  };
}

function eventValues(change: RunChange): Values[] {
  const { run, events, now } = change;
  const before = run.version - events.length;
  const actor = JSON.stringify(change.actor);
  return events.map((event, index) => ({
    run_id: run.id,
    run_type: run.type,
    version: before + index + 1,
    type: event.type,
    data: JSON.stringify(event),
    actor,
    at: now,
  }));
}

function effectValues(change: RunChange): Values[] {
  const { run, now, lease } = change;
  const actor = JSON.stringify(change.actor);
  return change.newEffects.map(effect => ({
    run_id: run.id,
    run_type: run.type,
    key: effect.key,
    kind: effect.effect.kind,
    effect: JSON.stringify(effect.effect),
    actor,
    target: effect.target ?? null,
    order_key: effect.orderKey,
    state: initialState(effect, now),
    due_at: effect.dueAt,
    deadline_at: effect.deadlineAt ?? null,
    timeout_ms: effect.timeoutMs ?? null,
    retry: JSON.stringify(effect.retry),
    max_attempts: effect.retry.maxAttempts,
    attempts: effect.handOver ? 1 : 0,
    epoch: effect.handOver ? 1 : 0,
    lease_owner: effect.handOver ? lease.owner : null,
    lease_ms: effect.handOver ? Math.ceil(lease.leaseMs) : null,
  }));
}
