import type { WindowSpec } from '@slipway/backstage-plugin-delivery-common';
import { durationMs } from '../duration';
import { parseRecurrence } from './recurrence';
import { floatingToInstant, instantToFloating, localStart } from './localTime';

/** One time that a window is on. Epoch milliseconds; the end is no longer part of it. */
export interface Occurrence {
  start: number;
  end: number;
}

// The difference between wall clocks and UTC, and what a change of clocks moves.
const slackMs = 26 * 3_600_000;

/**
 * The occurrences that overlap [from, to), by start. A start stays at its local time whatever the clocks do; a
 * duration is elapsed time. Throws `TypeError` for a window that does not hold, see `windowProblems`.
 */
export function occurrences(
  window: WindowSpec,
  from: number,
  to: number,
): Occurrence[] {
  const length = durationMs(window.duration);
  return localStarts(
    window,
    instantToFloating(from - length, window.timeZone) - slackMs,
    instantToFloating(to, window.timeZone) + slackMs,
  )
    .map(floating => floatingToInstant(floating, window.timeZone))
    .map(start => ({ start, end: start + length }))
    .filter(({ start, end }) => start < to && end > from);
}

function localStarts(window: WindowSpec, from: number, to: number): number[] {
  const start = localStart(window.start);
  if (window.recurrence === undefined)
    return start >= from && start <= to ? [start] : [];
  if (to < start) return [];
  return parseRecurrence(window.recurrence, start, window.timeZone, from)
    .between(new Date(Math.max(from, start)), new Date(to), true)
    .map(({ epochMilliseconds }) => epochMilliseconds);
}
