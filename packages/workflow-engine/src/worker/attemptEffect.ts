import type {
  EffectContext,
  EffectHandler,
  EffectOutcome,
} from '../api/effects';
import { summarizeError } from '../errorSummary';
import type { EffectEnd, LeasedEffect } from '../store/rows';

/** What came of one attempt. `counts` says whether the target's breaker hears of the failure. */
export type Attempt =
  | { kind: 'ended'; end: EffectEnd; counts: boolean }
  | { kind: 'retry'; error: { name: string; message: string } }
  | { kind: 'again'; afterMs: number }
  /** Someone else decides about the effect by now: nothing may be written. */
  | { kind: 'abandoned' };

class EffectTimeoutError extends Error {
  readonly name = 'EffectTimeoutError';
}

class DeadlineError extends Error {
  readonly name = 'DeadlineError';
}

/** Node fires longer timers at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs the handler once. Does not wait for a handler that ignores its signal: what it does after
 * the time-out is lost, what it returns is discarded.
 */
export async function attemptEffect(
  effect: LeasedEffect,
  handler: EffectHandler<never>,
  abort: AbortController,
  now: () => number,
): Promise<Attempt> {
  if (effect.end) {
    return { kind: 'ended', end: effect.end, counts: false };
  }
  const leftMs =
    effect.deadlineAt === undefined ? Infinity : effect.deadlineAt - now();
  if (leftMs <= 0) {
    return failed(
      'deadline',
      new DeadlineError('The deadline passed before the effect was done'),
      false,
    );
  }
  const limitMs = Math.min(effect.timeoutMs ?? Infinity, leftMs);
  // Made only when it is needed: an error takes longer than a short handler.
  const late = () =>
    leftMs <= (effect.timeoutMs ?? Infinity)
      ? new DeadlineError('The deadline passed before the effect was done')
      : new EffectTimeoutError(
          `The attempt took longer than ${effect.timeoutMs} ms`,
        );
  let lateness: Error | undefined;
  const timer =
    limitMs === Infinity
      ? undefined
      : setTimeout(
          () => abort.abort((lateness = late())),
          Math.min(limitMs, LONGEST_TIMER_MS),
        );
  let running: Promise<EffectOutcome> | undefined;
  try {
    const context: EffectContext = {
      runId: effect.runId,
      key: effect.key,
      attempt: effect.attempts,
      epoch: effect.epoch,
      signal: abort.signal,
      now,
      actor: effect.actor,
    };
    // The handler of a kind takes the effects of that kind; the table was read by kind.
    running = handler(effect.effect as never, context);
    const outcome = await raceAbort(running, abort.signal);
    return outcome.kind === 'again'
      ? { kind: 'again', afterMs: Math.max(0, outcome.afterMs) }
      : {
          kind: 'ended',
          end: { kind: 'succeeded', result: outcome.result },
          counts: true,
        };
  } catch (error) {
    if (abort.signal.aborted && abort.signal.reason !== lateness) {
      if (abort.signal.reason?.name === 'EngineStoppedError') {
        // The engine's stop gives handlers a moment to clean up, and bounds this wait.
        await running?.catch(() => undefined);
      }
      return { kind: 'abandoned' };
    }
    const cause = lateness ?? error;
    if (cause instanceof DeadlineError) {
      return failed('deadline', cause, true);
    }
    // By name, because two copies of this package may be installed.
    if (summarizeError(cause).name === 'NotRetryableError') {
      return failed('not-retryable', cause, false);
    }
    return effect.attempts >= effect.retry.maxAttempts
      ? failed('exhausted', cause, true)
      : { kind: 'retry', error: summarizeError(cause) };
  } finally {
    clearTimeout(timer);
  }
}

function failed(
  reason: 'exhausted' | 'deadline' | 'not-retryable',
  error: unknown,
  counts: boolean,
): Attempt {
  return {
    kind: 'ended',
    end: { kind: 'failed', reason, error: summarizeError(error) },
    counts,
  };
}

async function raceAbort(
  running: Promise<EffectOutcome>,
  signal: AbortSignal,
): Promise<EffectOutcome> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) {
      onAbort();
    }
  });
  try {
    return await Promise.race([running, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort!);
  }
}
