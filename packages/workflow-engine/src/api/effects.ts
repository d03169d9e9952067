import type { JsonValue } from './json';
import type { Actor } from './workflow';

/**
 * Does one effect. It may be called again after a crash or a lost lease, so it must be idempotent
 * by `context.key`: observe, act, observe. A thrown error is retried as the request's policy says;
 * {@link NotRetryableError} is not.
 */
export type EffectHandler<F> = (
  effect: F,
  context: EffectContext,
) => Promise<EffectOutcome>;

/** One handler for each kind of the effects F. */
export type EffectHandlers<F extends { kind: string }> = {
  [K in F['kind']]: EffectHandler<Extract<F, { kind: K }>>;
};

export interface EffectContext {
  runId: string;
  key: string;
  /** 1 for the first try. */
  attempt: number;
  /** Fencing token: rises with every claim of this effect. */
  epoch: number;
  /** Aborted when the attempt times out, is cancelled, loses its lease or the engine stops. */
  signal: AbortSignal;
  /** Epoch milliseconds on the engine's clock. */
  now(): number;
  /** Who caused the effect's request. */
  actor: Actor;
}

export type EffectOutcome =
  | { kind: 'done'; result?: JsonValue }
  /** Looked, not there yet: not a failure, costs no attempt and leaves the breaker alone. */
  | { kind: 'again'; afterMs: number };
