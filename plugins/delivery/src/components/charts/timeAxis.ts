import { DateTime } from 'luxon';

/** Labels of a time axis: hours and minutes in UTC, with seconds where the range is short. */
export function timeTick(rangeMs: number): (at: number) => string {
  const format = rangeMs < 10 * 60_000 ? 'HH:mm:ss' : 'HH:mm';
  return at => DateTime.fromMillis(at, { zone: 'utc' }).toFormat(format);
}
