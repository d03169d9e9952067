import type { Knex } from 'knex';
import type { JsonValue } from './json';
import type { RecordedEvent, RunRecord } from './records';

/** Who caused something. `id` is e.g. `user:default/ana`, `plugin:scaffolder` or `engine`. */
export interface Actor {
  type: 'user' | 'service' | 'system';
  id: string;
}

/**
 * One kind of durable run. `decide` and `evolve` are pure: no I/O, no clock and no randomness of
 * their own. State, events, commands and effects must be JSON.
 */
export interface WorkflowDefinition<
  S,
  C extends { type: string },
  E extends { type: string },
  F extends { kind: string },
> {
  /** Unique name, e.g. `delivery.rollout`. */
  type: string;
  /**
   * Answers a command with what happened (events) and what to do next (effects, timers, status).
   * Throwing refuses the command: the error reaches the caller of `submit` unchanged and nothing
   * is written. Throwing on an {@link EngineCommand} parks the run in the wait `engine.decide-failed`.
   */
  decide(
    state: S | undefined,
    command: C | EngineCommand,
    context: DecideContext,
  ): Decision<E, F>;
  /** Folds one event into the state. */
  evolve(state: S | undefined, event: E): S;
  /** Writes the workflow's own read tables in the engine's transaction; throwing rolls all back. */
  project?(
    tx: Knex.Transaction,
    change: { run: RunRecord<S>; events: RecordedEvent<E>[] },
  ): Promise<void>;
}

/** What the engine itself tells `decide`. Each is delivered exactly once. */
export type EngineCommand =
  | {
      type: 'effect.succeeded';
      key: string;
      kind: string;
      result: JsonValue | undefined;
      attempts: number;
    }
  | {
      type: 'effect.failed';
      key: string;
      kind: string;
      error: { name: string; message: string };
      attempts: number;
      reason: 'exhausted' | 'deadline' | 'not-retryable';
    }
  | { type: 'timer.fired'; name: string; firedAt: number };

export interface DecideContext {
  /** Epoch milliseconds; on Postgres the database's clock, so that all replicas agree. */
  now: number;
  actor: Actor;
  runId: string;
}

export interface Decision<E, F> {
  /** May be empty when only effects, timers or the status change. */
  events: E[];
  /** Written to the outbox in the same transaction. */
  effects?: EffectRequest<F>[];
  /** Keys. A running one gets its signal aborted and its result is discarded. */
  cancelEffects?: string[];
  /** Sets or replaces a timer (`at` in epoch milliseconds); `null` cancels it. */
  timers?: { name: string; at: number | null }[];
  /** Where the run stands now. Omitted: unchanged, or `running` for a new run. */
  status?: RunStatus;
}

export type RunStatus =
  /** Needs at least one open effect or timer. */
  | { kind: 'running' }
  /** A named wait, e.g. `approval`. Names that begin with `engine.` belong to the engine. */
  | { kind: 'waiting'; wait: string; detail?: string }
  /** Never left again; open effects and timers are cancelled. */
  | { kind: 'succeeded' | 'failed' | 'cancelled'; detail?: string };

export interface EffectRequest<F> {
  /**
   * Idempotency key, unique among the open effects of the run: requesting a key that is still open
   * is a DuplicateEffectError; one that ended or is cancelled by the same decision may come again.
   */
  key: string;
  /** JSON; `kind` selects the handler. */
  effect: F;
  /** What it acts on. Concurrency and the circuit breaker are per target; without one, neither applies. */
  target?: string;
  /** Higher first, default 0, added to the run's; one point is worth `ageingMs` of waiting. */
  priority?: number;
  retry?: Partial<RetryPolicy>;
  /** Epoch milliseconds after which the effect fails with reason `deadline`. */
  deadlineAt?: number;
  /** Per attempt; aborts the signal and counts as a failed attempt. */
  timeoutMs?: number;
  /** Epoch milliseconds before which it is not tried. */
  notBefore?: number;
}

/** Exponential back-off with full jitter: attempt n waits random × min(maxDelayMs, initialDelayMs × factor^(n-1)). */
export interface RetryPolicy {
  /** Default 5. A worker that dies counts as an attempt. */
  maxAttempts: number;
  /** Default 1000. */
  initialDelayMs: number;
  /** Default 2. */
  factor: number;
  /** Default 60000. */
  maxDelayMs: number;
  /** Default true; false waits the full delay. */
  jitter: boolean;
}
