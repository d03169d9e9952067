import { durationMs } from './duration';
import { parseRecurrence } from './recurrence';
import { floatingToInstant, instantToFloating, localStart } from './localTime';

/** A time that comes once, or again and again by a rule of RFC 5545. */
export interface RecurringTime {
  /** Local date and time at which it begins first. */
  start: string;
  /** Of IANA, such as `Europe/Berlin`. */
  timeZone: string;
  /** See `durationMs`. */
  duration: number | string;
  /** Such as `FREQ=WEEKLY;BYDAY=FR`. Once when left out. */
  recurrence?: string;
}

/** One time that it is on. Epoch milliseconds; the end is no longer part of it. */
export interface Occurrence {
  start: number;
  end: number;
}

// The difference between wall clocks and UTC, and what a change of clocks moves.
const slackMs = 26 * 3_600_000;

/**
 * The occurrences that overlap [from, to), by start. A start stays at its local time whatever the clocks do; a
 * duration is elapsed time. Throws `TypeError` for a time that does not hold, see `recurringTimeProblems`.
 */
export function occurrences(
  time: RecurringTime,
  from: number,
  to: number,
): Occurrence[] {
  const length = durationMs(time.duration);
  return localStarts(
    time,
    instantToFloating(from - length, time.timeZone) - slackMs,
    instantToFloating(to, time.timeZone) + slackMs,
  )
    .map(floating => floatingToInstant(floating, time.timeZone))
    .map(start => ({ start, end: start + length }))
    .filter(({ start, end }) => start < to && end > from);
}

function localStarts(time: RecurringTime, from: number, to: number): number[] {
  const start = localStart(time.start);
  if (time.recurrence === undefined)
    return start >= from && start <= to ? [start] : [];
  if (to < start) return [];
  return parseRecurrence(time.recurrence, start, time.timeZone, from)
    .between(new Date(Math.max(from, start)), new Date(to), true)
    .map(({ epochMilliseconds }) => epochMilliseconds);
}
