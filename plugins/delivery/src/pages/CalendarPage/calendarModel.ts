import { parseEntityRef } from '@backstage/catalog-model';
import { DateTime } from 'luxon';
import type {
  TargetMatch,
  WindowOccurrence,
} from '@slipway/backstage-plugin-delivery-common';
import type { T } from '../../hooks/useT';

/** The calendar's state in the URL. No view: as the screen has room. No month: the present one. */
export const calendarUrlDefaults = { view: '', month: '' };

/** The first instant of the month that the URL names, in the reader's zone. */
export function monthOf(name: string, now: number): DateTime {
  const present = DateTime.fromMillis(now).startOf('month');
  if (!name) return present;
  const month = DateTime.fromFormat(name, 'yyyy-MM');
  return month.isValid ? month : present;
}

/** The days of a month, in whole weeks from Monday. */
export function weeksOf(month: DateTime): DateTime[][] {
  const first = month.startOf('month').startOf('week');
  const last = month.endOf('month').endOf('week');
  const weeks: DateTime[][] = [];
  for (let day = first; day < last; day = day.plus({ weeks: 1 })) {
    const monday = day;
    weeks.push(
      Array.from({ length: 7 }, (_, index) => monday.plus({ days: index })),
    );
  }
  return weeks;
}

/** Those that are on at any time from the one instant until before the other. */
export function overlapping(
  windows: readonly WindowOccurrence[],
  from: DateTime,
  to: DateTime,
): WindowOccurrence[] {
  return windows.filter(
    ({ start, end }) =>
      Date.parse(start) < to.toMillis() && Date.parse(end) > from.toMillis(),
  );
}

/** Freezes that are on at an instant. */
export function frozenAt(
  windows: readonly WindowOccurrence[],
  now: number,
): WindowOccurrence[] {
  return windows.filter(
    ({ type, start, end }) =>
      type === 'deny' && Date.parse(start) <= now && Date.parse(end) > now,
  );
}

/** An instant in the reader's time. */
export function localTime(at: string): string {
  return DateTime.fromISO(at).setLocale('en').toFormat('d LLL yyyy, HH:mm');
}

/** From when until when, in the zone of the window itself. */
export function ownTimes(t: T, window: WindowOccurrence): string {
  const inZone = (at: string) =>
    DateTime.fromISO(at, { zone: window.timeZone })
      .setLocale('en')
      .toFormat('d LLL yyyy, HH:mm');
  return t('calendar.ownZone', {
    start: inZone(window.start),
    end: inZone(window.end),
    zone: window.timeZone,
  });
}

/** Which targets are meant, in words. */
export function matchWords(t: T, match: TargetMatch): string {
  const refs = (list: string[]) =>
    list.map(ref => parseEntityRef(ref).name).join(', ');
  const { tiers, environments, systems, components } = match;
  const parts = [
    tiers &&
      t('calendar.tiers', {
        names: tiers.map(tier => t(`tier.${tier}`)).join(', '),
      }),
    environments && t('calendar.environments', { names: refs(environments) }),
    systems && t('calendar.systems', { names: refs(systems) }),
    components && t('calendar.components', { names: refs(components) }),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('; ') : t('calendar.everything');
}
