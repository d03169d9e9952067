import type { RetryPolicy } from '../api/workflow';

/**
 * How long to wait after the given attempt (from 1) failed, in milliseconds. Full jitter spreads
 * the retries of many runs that failed together.
 */
export function retryDelay(
  policy: RetryPolicy,
  attempt: number,
  random: () => number,
): number {
  const full = Math.min(
    policy.maxDelayMs,
    policy.initialDelayMs * policy.factor ** Math.max(0, attempt - 1),
  );
  return Math.ceil(policy.jitter ? random() * full : full);
}
