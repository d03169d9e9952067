import { expiresAt } from './approval';
import { isReady } from './evolveGates';
import type { GatesState } from './state';

/** How often is looked at what changes without telling: health, policies' facts, a target that is busy. */
const lookAgainMs = 30_000;
const busyMs = 2000;

/** When the gates must be looked at again without anybody asking, epoch milliseconds. */
export function nextLookAt(state: GatesState): number | undefined {
  const times: number[] = [];
  const expiry = expiresAt(state);
  if (expiry !== undefined && !state.breakGlass) times.push(expiry);
  if (state.busyWith !== undefined) times.push(state.lookedAt + busyMs);
  else if (!isReady(state))
    for (const item of state.items) {
      if (item.status === 'passed' || item.kind === 'approval') continue;
      // What is known to open at an instant needs no look before, but for a change of what it waits for.
      const until =
        item.until === undefined ? Infinity : Date.parse(item.until);
      times.push(
        Math.min(
          Math.max(until, state.lookedAt),
          state.lookedAt + (item.kind === 'window' ? longLookMs : lookAgainMs),
        ),
      );
    }
  return times.length ? Math.min(...times) : undefined;
}

/** Windows are documents, and documents can be changed. */
const longLookMs = 5 * 60_000;
