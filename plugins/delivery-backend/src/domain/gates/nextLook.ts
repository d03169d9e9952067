import { expiresAt } from './approval';
import { isReady } from './evolveGates';
import type { GateStatus } from '@slipway/backstage-plugin-delivery-common';
import type { GatesState } from './state';

/** How soon to look again whether a target is free. */
export const busyMs = 2000;

/** When the gates must be looked at again without anybody asking, epoch milliseconds. */
export function nextLookAt(state: GatesState): number | undefined {
  const times: number[] = [];
  const expiry = expiresAt(state);
  if (expiry !== undefined && !state.breakGlass) times.push(expiry);
  if (state.busyWith !== undefined) times.push(state.lookedAt + busyMs);
  else if (!isReady(state))
    for (const item of state.items) {
      if (asksNothing(item, state)) continue;
      const until =
        item.until === undefined ? Infinity : Date.parse(item.until);
      times.push(
        Math.min(
          Math.max(until, state.lookedAt),
          state.lookedAt + lookAgainMs(state.askedAt, state.lookedAt),
        ),
      );
    }
  return times.length ? Math.min(...times) : undefined;
}

// While others of its promotion are waited for, what is open may close.
function asksNothing(
  { status, kind, until }: GateStatus,
  { turn }: GatesState,
): boolean {
  if (kind === 'promotion') return true;
  // What was agreed to may change under those who agreed, and they shall hear of it before the last one votes.
  if (kind === 'approval') return status === 'passed';
  return status === 'passed' && !(turn === 'waiting' && until !== undefined);
}

/**
 * How long until is looked again at what changes without telling: health, the facts of policies, documents. Whoever has
 * waited for days can wait for another minute.
 */
export function lookAgainMs(askedAt: number, now: number): number {
  return Math.min(60_000, Math.max(2000, (now - askedAt) / 10));
}

/** When time alone changes how the gates stand: one opens, or the request expires. Epoch milliseconds. */
export function changesAt(state: GatesState): number | undefined {
  const expiry = state.breakGlass ? undefined : expiresAt(state);
  const times = state.items.flatMap(({ until }) =>
    until === undefined ? [] : [Date.parse(until)],
  );
  const next = Math.min(...times, expiry ?? Infinity);
  return Number.isFinite(next) ? next : undefined;
}
