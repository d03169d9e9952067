import { setTimeout as sleep } from 'node:timers/promises';

/** Demonstration only: makes an answer late, and some of them fail. See "Faults" in README.md. */
export function createFaults(
  { errorPercent = 0, latencyMs = 0 },
  random = Math.random,
) {
  return {
    /** Whether this request is one of those that are to fail. */
    async strike() {
      if (latencyMs > 0) await sleep(latencyMs);
      return random() * 100 < errorPercent;
    },
  };
}
