import type { RecordedEvent, RunRecord } from '../api/records';
import type { Actor, RetryPolicy, RunStatus } from '../api/workflow';
import type { JsonValue } from '../api/json';
import type { Dialect } from './Database';
import { RunMemory } from './RunMemory';

/** Postgres hands bigint out as a string. */
export type Bigint = string | number;

export interface RunRow {
  id: string;
  type: string;
  version: number;
  revision: number;
  state: string;
  status: RunStatus['kind'];
  wait: string | null;
  detail: string | null;
  resume: string | null;
  priority: number;
  timers: string;
  open_effects: number;
  created_at: Bigint;
  updated_at: Bigint;
  finished_at: Bigint | null;
  /** Earliest due time of its open effects. */
  effects_due?: Bigint | null;
}

/** A run as the engine handles it. Times in epoch milliseconds. */
export interface Run {
  id: string;
  type: string;
  version: number;
  /** Raised by every write; 0 before the first. */
  revision: number;
  state: unknown;
  status: RunStatus;
  /** What the run stood at before a decide failed; set only in the wait engine.decide-failed. */
  resume: RunStatus | undefined;
  priority: number;
  timers: Record<string, number>;
  openEffects: number;
  effectsDue: number | undefined;
  createdAt: number;
  updatedAt: number;
  finishedAt: number | undefined;
}

const optionalNumber = (
  value: Bigint | null | undefined,
): number | undefined =>
  value === null || value === undefined ? undefined : Number(value);

function toStatus(row: RunRow): RunStatus {
  const detail = row.detail ?? undefined;
  switch (row.status) {
    case 'running':
      return { kind: 'running' };
    case 'waiting':
      return { kind: 'waiting', wait: row.wait ?? '', detail };
    default:
      return { kind: row.status, detail };
  }
}

export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    type: row.type,
    version: row.version,
    revision: row.revision,
    state: JSON.parse(row.state),
    status: toStatus(row),
    resume: row.resume ? JSON.parse(row.resume) : undefined,
    priority: row.priority,
    timers: JSON.parse(row.timers),
    openEffects: row.open_effects,
    effectsDue: optionalNumber(row.effects_due),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    finishedAt: optionalNumber(row.finished_at),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

export function toRunRecord<S>(run: Run): RunRecord<S> {
  const wakeAt =
    run.finishedAt === undefined
      ? Math.min(run.effectsDue ?? Infinity, ...Object.values(run.timers))
      : Infinity;
  return {
    id: run.id,
    type: run.type,
    version: run.version,
    state: run.state as S,
    status: run.status.kind,
    wait: run.status.kind === 'waiting' ? run.status.wait : undefined,
    detail: run.status.kind === 'running' ? undefined : run.status.detail,
    priority: run.priority,
    wakeAt: wakeAt === Infinity ? undefined : iso(wakeAt),
    createdAt: iso(run.createdAt),
    updatedAt: iso(run.updatedAt),
    finishedAt: run.finishedAt === undefined ? undefined : iso(run.finishedAt),
  };
}

export interface EventRow {
  id: Bigint;
  xid: Bigint;
  run_id: string;
  run_type: string;
  version: number;
  type: string;
  data: string;
  actor: string;
  at: Bigint;
}

export function toRecordedEvent<E extends { type: string }>(
  row: EventRow,
): RecordedEvent<E> {
  const data: E = JSON.parse(row.data);
  return {
    id: `${row.run_id}:${row.version}`,
    runId: row.run_id,
    runType: row.run_type,
    version: row.version,
    type: data.type,
    data,
    actor: JSON.parse(row.actor),
    at: iso(Number(row.at)),
    cursor: `${row.xid}.${row.id}`,
  };
}

export interface EffectRow {
  id: Bigint;
  run_id: string;
  run_type: string;
  key: string;
  kind: string;
  effect: string;
  actor: string;
  target: string | null;
  deadline_at: Bigint | null;
  timeout_ms: number | null;
  retry: string;
  attempts: number;
  epoch: number;
  outcome: string | null;
}

/** How an effect ended, before `decide` has heard of it. */
export type EffectEnd =
  | { kind: 'succeeded'; result?: JsonValue }
  | {
      kind: 'failed';
      reason: 'exhausted' | 'deadline' | 'not-retryable';
      error: { name: string; message: string };
    };

/** An effect that this engine holds the lease of. */
export interface LeasedEffect {
  id: number;
  runId: string;
  runType: string;
  key: string;
  kind: string;
  effect: { kind: string };
  actor: Actor;
  target: string | undefined;
  deadlineAt: number | undefined;
  timeoutMs: number | undefined;
  retry: RetryPolicy;
  attempts: number;
  epoch: number;
  /** Set when only its delivery to decide is left. */
  end: EffectEnd | undefined;
  /** Its run, as far as this engine knows it; shared by effects that were leased together. */
  memory: RunMemory;
}

export function toLeasedEffect(
  row: EffectRow,
  memory = new RunMemory(),
): LeasedEffect {
  return {
    id: Number(row.id),
    runId: row.run_id,
    runType: row.run_type,
    key: row.key,
    kind: row.kind,
    effect: JSON.parse(row.effect),
    actor: JSON.parse(row.actor),
    target: row.target ?? undefined,
    deadlineAt: optionalNumber(row.deadline_at),
    timeoutMs: row.timeout_ms ?? undefined,
    retry: JSON.parse(row.retry),
    attempts: row.attempts,
    epoch: row.epoch,
    end: row.outcome ? JSON.parse(row.outcome) : undefined,
    memory,
  };
}

/** SQL that ends a SELECT which takes a run's row for itself. */
export const lockRunSql = (dialect: Dialect): string =>
  dialect === 'postgres' ? 'FOR UPDATE OF r' : '';
