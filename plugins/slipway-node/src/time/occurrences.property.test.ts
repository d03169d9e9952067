import fc from 'fast-check';
import { DateTime } from 'luxon';
import { occurrences, type RecurringTime } from './occurrences';

jest.setTimeout(60_000);

const minute = 60_000;
const day = 1440 * minute;
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
// Days around which the clocks of one of the zones change.
const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04'].concat(
  ['2026-10-25', '2026-11-01', '2026-06-15'],
);
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function time(more: Partial<RecurringTime>): RecurringTime {
  return {
    start: '2026-01-02T18:00',
    duration: '1h',
    timeZone: 'Europe/Berlin',
    ...more,
  };
}

/** Steps through every minute; a skipped time begins where the offset before says. */
function bruteStarts(
  { timeZone, start }: RecurringTime,
  days: string[],
  from: number,
  to: number,
): number[] {
  const [hour, minutes] = start.slice(11, 16).split(':').map(Number);
  const wanted = hour * 60 + minutes;
  const shown = new Map<string, number>();
  const skipped = new Map<string, number>();
  const offsets: number[] = [];
  const note = (found: Map<string, number>, at: number, offset: number) => {
    const local = at + offset * minute;
    if ((local % day) / minute !== wanted) return;
    const stamp = new Date(local).toISOString().slice(0, 10);
    if (!found.has(stamp)) found.set(stamp, at);
  };
  for (let at = from; at < to; at += minute) {
    const { offset } = DateTime.fromMillis(at, { zone: timeZone });
    const before = offsets.at(-180) ?? offset;
    offsets.push(offset);
    note(shown, at, offset);
    if (offset > before) note(skipped, at, before);
  }
  for (const [stamp, at] of skipped)
    if (!shown.has(stamp)) shown.set(stamp, at);
  return [...shown]
    .filter(([stamp]) =>
      days.includes(weekdays[DateTime.fromISO(stamp).weekday - 1]),
    )
    .map(([, at]) => at)
    .sort((a, b) => a - b);
}

const weekly = fc.record({
  timeZone: fc.constantFrom(...zones),
  around: fc.constantFrom(...changes),
  // Most of them within the hours that clocks skip or repeat.
  time: fc
    .tuple(
      fc.oneof(fc.constantFrom(1, 2, 3), fc.nat(23)),
      fc.constantFrom(0, 15, 30, 59),
    )
    .map(parts => parts.map(part => `${part}`.padStart(2, '0')).join(':')),
  days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  minutes: fc.integer({ min: 1, max: 3000 }),
});

function weeklyTime(
  input: typeof weekly extends fc.Arbitrary<infer T> ? T : never,
): RecurringTime {
  return {
    timeZone: input.timeZone,
    start: `2025-12-01T${input.time}`,
    duration: `${input.minutes}m`,
    recurrence: `FREQ=WEEKLY;BYDAY=${input.days.join(',')}`,
  };
}

describe('occurrences', () => {
  it('are those that a walk through every minute finds, also where clocks change', () => {
    fc.assert(
      fc.property(weekly, input => {
        const every = weeklyTime(input);
        const from = Date.parse(`${input.around}T00:00Z`) - day;
        const to = from + 3 * day;
        const length = input.minutes * minute;
        const lead = Math.ceil(length / day) * day + day;
        const expected = bruteStarts(every, input.days, from - lead, to + day)
          .filter(start => start < to && start + length > from)
          .map(start => ({ start, end: start + length }));
        expect(occurrences(every, from, to)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('keep the local time over the change of clocks, and last as long as they say', () => {
    const every = time({ recurrence: 'FREQ=WEEKLY;BYDAY=FR' });
    const found = occurrences(
      every,
      Date.parse('2026-03-25T00:00Z'),
      Date.parse('2026-04-05T00:00Z'),
    );
    expect(found.map(({ start }) => new Date(start).toISOString())).toEqual([
      '2026-03-27T17:00:00.000Z',
      '2026-04-03T16:00:00.000Z',
    ]);
    expect(found.map(({ start, end }) => end - start)).toEqual([
      60 * minute,
      60 * minute,
    ]);
  });

  it('end with UNTIL, in UTC or by the local date, and with COUNT', () => {
    const year = (recurrence: string) =>
      occurrences(
        time({ recurrence }),
        Date.parse('2026-01-01T00:00Z'),
        Date.parse('2027-01-01T00:00Z'),
      ).length;
    expect(year('FREQ=DAILY;UNTIL=20260105')).toBe(4);
    expect(year('FREQ=DAILY;UNTIL=20260105T165959Z')).toBe(3);
    expect(year('FREQ=DAILY;UNTIL=20260105T170000Z')).toBe(4);
    expect(year('FREQ=DAILY;COUNT=7')).toBe(7);
  });

  it('happen once without a recurrence', () => {
    const at = Date.parse('2026-01-02T17:00:00Z');
    expect(occurrences(time({}), at - day, at + day)).toEqual([
      { start: at, end: at + 60 * minute },
    ]);
  });
});
