import type { Actor, RunStatus } from './workflow';

/** A run as stored. Times are ISO 8601 in UTC. */
export interface RunRecord<S = unknown> {
  id: string;
  type: string;
  /** Version of its last event; 0 when it has none. */
  version: number;
  state: S;
  status: RunStatus['kind'];
  /** Only while the status is `waiting`. */
  wait?: string;
  detail?: string;
  priority: number;
  /** When the engine looks at it next by itself; absent when it only waits to be told. */
  wakeAt?: string;
  createdAt: string;
  updatedAt: string;
  finishedAt?: string;
}

/** An event as stored: never changed, never deleted by the engine. */
export interface RecordedEvent<E extends { type: string } = { type: string }> {
  /** `<run id>:<version>`; unique, fit for CloudEvents' `id`. */
  id: string;
  runId: string;
  runType: string;
  /** 1, 2, 3 … within the run, without gaps. */
  version: number;
  type: E['type'];
  /** The event as `decide` returned it. */
  data: E;
  actor: Actor;
  /** ISO 8601 in UTC. */
  at: string;
  /** Opaque; `feed({ after: cursor })` goes on behind this event. */
  cursor: string;
}

export interface SubmitResult<
  S = unknown,
  E extends { type: string } = { type: string },
> {
  /** As it stands now (for a replay: not as it stood then). */
  run: RunRecord<S>;
  /** What the command caused; for a replay, what it caused the first time. */
  events: RecordedEvent<E>[];
  /** True when the idempotency key was seen before and nothing was done. */
  replayed: boolean;
}

/** A target's circuit breaker and load. */
export interface TargetState {
  target: string;
  breaker: 'closed' | 'open' | 'half-open';
  /** Consecutive failures counted while closed. */
  failures: number;
  /** ISO 8601; when an open breaker lets a probe through. */
  retryAt?: string;
  lastError?: { name: string; message: string };
  /** Effects that may run at once, that run, and that wait. */
  concurrency: number;
  running: number;
  waiting: number;
  updatedAt: string;
}
