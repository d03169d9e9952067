import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 5;

/**
 * Waits for so many ends in the database. Asks it only once all of them can be there, so that asking costs nobody
 * throughput.
 */
export async function untilCounted(
  expected: number,
  lastSteps: () => number,
  ends: () => Promise<number>,
): Promise<void> {
  while (lastSteps() < expected || (await ends()) < expected) {
    await pause(LOOK_EVERY_MS);
  }
}
