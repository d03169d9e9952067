import { DateTime } from 'luxon';

/**
 * The exact instant, in UTC.
 *
 * @public
 */
export function formatInstant(at: string): string {
  return DateTime.fromISO(at, { zone: 'utc' }).toFormat(
    "yyyy-MM-dd HH:mm:ss 'UTC'",
  );
}
