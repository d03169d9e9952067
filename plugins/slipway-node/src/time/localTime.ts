import { DateTime, IANAZone } from 'luxon';

const dayMs = 86_400_000;

/**
 * Wall-clock time is reckoned as "floating" milliseconds: the instant at which a clock in UTC would show it. Rules
 * of recurrence then never meet a change of clocks, and only one place here turns one into the other.
 */
export function localStart(start: string): number {
  const parsed = DateTime.fromISO(start, { zone: 'utc' });
  if (!parsed.isValid) throw new TypeError(`'${start}' is no date and time`);
  return parsed.toMillis();
}

export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/**
 * The instant at which clocks of the zone show it. Of two, the first. A time that the clocks skip is reckoned with
 * the offset before, as RFC 5545 does for DTSTART: a freeze must not vanish because it begins in the skipped hour.
 */
export function floatingToInstant(floating: number, timeZone: string): number {
  const zone = IANAZone.create(timeZone);
  // Far enough to lie on both sides of a change of clocks, whatever the zone.
  const before = zone.offset(floating - dayMs);
  const after = zone.offset(floating + dayMs);
  const shown = [before, after]
    .map(offset => ({ offset, instant: floating - offset * 60_000 }))
    .filter(({ offset, instant }) => zone.offset(instant) === offset)
    .map(({ instant }) => instant);
  return shown.length ? Math.min(...shown) : floating - before * 60_000;
}

export function instantToFloating(instant: number, timeZone: string): number {
  const at = DateTime.fromMillis(instant, { zone: timeZone });
  if (!at.isValid) throw new TypeError(`There is no time zone '${timeZone}'`);
  return at.setZone('utc', { keepLocalTime: true }).toMillis();
}
