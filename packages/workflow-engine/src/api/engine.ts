import type { Knex } from 'knex';
import type { EffectHandler } from './effects';
import type { JsonValue } from './json';
import type {
  RecordedEvent,
  RunRecord,
  SubmitResult,
  TargetState,
} from './records';
import type { Actor, WorkflowDefinition } from './workflow';

/** A run engine over one database. Any number of engines may share a Postgres database. */
export interface Engine {
  /** Begins to work: claims effects, fires timers, listens for wake-ups. */
  start(): Promise<void>;
  /**
   * Takes nothing new and waits `drainMs` (default 10000) for running handlers; then aborts their
   * signals, gives them a moment, and releases their leases without counting the attempt.
   */
  stop(options?: { drainMs?: number }): Promise<void>;
  /**
   * Creates a run and gives it its first command. With `tx` all happens in the caller's transaction.
   * @throws IdempotencyConflictError, RunExistsError, UnknownWorkflowError, InvariantViolationError,
   * or whatever `decide` throws
   */
  startRun<C extends { type: string }>(options: {
    type: string;
    command: C;
    actor: Actor;
    id?: string;
    idempotencyKey?: string;
    priority?: number;
    tx?: Knex.Transaction;
  }): Promise<SubmitResult>;
  /**
   * Gives a run a command.
   * @throws RunNotFoundError, RunFinishedError, VersionConflictError, IdempotencyConflictError,
   * InvariantViolationError, or whatever `decide` throws
   */
  submit<C extends { type: string }>(options: {
    runId: string;
    command: C;
    actor: Actor;
    idempotencyKey?: string;
    expectedVersion?: number;
    tx?: Knex.Transaction;
  }): Promise<SubmitResult>;
  read<S = unknown>(
    runId: string,
    options?: { tx?: Knex.Transaction },
  ): Promise<RunRecord<S> | undefined>;
  /** Events of one run, oldest first; limit defaults to 1000. */
  history<E extends { type: string } = { type: string }>(
    runId: string,
    options?: { afterVersion?: number; limit?: number },
  ): Promise<RecordedEvent<E>[]>;
  /**
   * Events of all runs in an order that never changes; no event ever appears behind a cursor that
   * was handed out. `types` are event types; limit defaults to 100, at most 1000.
   * @throws InvalidCursorError
   */
  feed(options?: {
    after?: string;
    limit?: number;
    types?: string[];
  }): Promise<{ events: RecordedEvent[]; cursor: string; more: boolean }>;
  /** A hint to read the feed, after commits here or elsewhere. May be missed; returns an unsubscribe. */
  onChange(listener: (hint: { runId?: string }) => void): () => void;
  readTargets(): Promise<TargetState[]>;
  /** Closes a target's breaker by hand; the actor is logged. Unknown targets are left alone. */
  resetTarget(target: string, actor: Actor): Promise<void>;
  /** Forgets idempotency keys older than this. Returns how many. */
  purgeIdempotency(olderThanMs: number): Promise<number>;
}

export interface EngineOptions {
  /** better-sqlite3 or pg (13 or newer), migrated with `migrate`. */
  knex: Knex;
  workflows: WorkflowDefinition<
    unknown,
    { type: string },
    { type: string },
    { kind: string }
  >[];
  /** By effect kind. Build it as `EffectHandlers<MyEffects>` to have every kind checked. */
  handlers: Record<string, EffectHandler<never>>;
  logger: EngineLogger;
  /** Replaces the database's and the process's clock, for tests. */
  clock?: { now(): number };
  /** Replaces Math.random in the jitter, for tests. */
  random?: () => number;
  /** Effects that run at once in this engine; default 8. */
  concurrency?: number;
  /** How long a claim is good without a heartbeat; default 30000. Heartbeats come at a third of it. */
  leaseMs?: number;
  /** Longest sleep between two looks at the database; default 1000. */
  pollMs?: number;
  /** How much waiting is worth one point of priority; default 60000. */
  ageingMs?: number;
  /** Effects of one target that run at once over all engines; default 1. All engines must agree. */
  targetConcurrency?: number | ((target: string) => number);
  breaker?: Partial<BreakerOptions>;
}

export interface BreakerOptions {
  /** Consecutive failures that open it; default 5. */
  failures: number;
  /** First cool-down; doubles with every probe that fails; default 10000. */
  coolDownMs: number;
  /** Longest cool-down; default 600000. */
  maxCoolDownMs: number;
}

/** Backstage's LoggerService fits. */
export interface EngineLogger {
  debug(
    message: string,
    meta?: Error | Record<string, JsonValue | undefined>,
  ): void;
  info(
    message: string,
    meta?: Error | Record<string, JsonValue | undefined>,
  ): void;
  warn(
    message: string,
    meta?: Error | Record<string, JsonValue | undefined>,
  ): void;
  error(
    message: string,
    meta?: Error | Record<string, JsonValue | undefined>,
  ): void;
}
