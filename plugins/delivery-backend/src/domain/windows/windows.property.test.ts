import type {
  DeliveryWindow,
  WindowSpec,
} from '@slipway/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { occurrences } from '@slipway/backstage-plugin-slipway-node';
import { matches } from './matches';
import { windowProblems } from './windowProblems';
import { windowsState } from './windowsState';

jest.setTimeout(60_000);

const minute = 60_000;
const day = 1440 * minute;
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
// Days around which the clocks of one of the zones change.
const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04'].concat(
  ['2026-10-25', '2026-11-01', '2026-06-15'],
);
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function window(spec: Partial<WindowSpec>, name = 'w'): DeliveryWindow {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'DeliveryWindow',
    metadata: { name },
    spec: {
      type: 'deny',
      start: '2026-01-02T18:00',
      duration: '1h',
      timeZone: 'Europe/Berlin',
      ...spec,
    },
  };
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
  type: fc.constantFrom('allow' as const, 'deny' as const),
});

function weeklySpec(
  input: typeof weekly extends fc.Arbitrary<infer T> ? T : never,
): WindowSpec {
  return {
    type: input.type,
    timeZone: input.timeZone,
    start: `2025-12-01T${input.time}`,
    duration: `${input.minutes}m`,
    recurrence: `FREQ=WEEKLY;BYDAY=${input.days.join(',')}`,
  };
}

describe('windowsState', () => {
  it('says what a walk through every minute says, and when that changes', () => {
    fc.assert(
      fc.property(
        fc.array(weekly, { maxLength: 3 }),
        fc.constantFrom(...changes),
        fc.nat(1440),
        (inputs, around, offset) => {
          const windows = inputs.map((input, index) =>
            window(weeklySpec(input), `w${index}`),
          );
          const now = Date.parse(`${around}T00:00Z`) + offset * minute;
          const to = now + 7 * day;
          const spans = windows.map(({ spec }) => ({
            type: spec.type,
            found: occurrences(spec, now, to),
          }));
          const openAt = (at: number) => {
            const on = (type: string) =>
              spans.some(
                span =>
                  span.type === type &&
                  span.found.some(({ start, end }) => start <= at && at < end),
              );
            return (
              !on('deny') &&
              (on('allow') || !spans.some(({ type }) => type === 'allow'))
            );
          };
          const state = windowsState(windows, now);
          expect(state.open).toBe(openAt(now));
          let change: number | undefined;
          for (let at = now; at < to && change === undefined; at += minute)
            if (openAt(at) !== state.open) change = at;
          const said = state.open ? state.closesAt : state.until;
          // What changes later than the walk goes is not judged.
          expect(Math.min(said ?? to, to)).toBe(change ?? to);
          expect(state.because.length > 0).toBe(!state.open);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is open in an exception to all that closes it, and else as it would be without', () => {
    fc.assert(
      fc.property(
        fc.array(weekly, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...changes),
        fc.array(
          fc.record({
            of: fc.nat(2),
            from: fc.integer({ min: -2000, max: 4000 }),
            minutes: fc.integer({ min: 1, max: 2000 }),
          }),
          { maxLength: 4 },
        ),
        fc.array(fc.nat(4 * 1440), { minLength: 1, maxLength: 3 }),
        (inputs, around, given, offsets) => {
          const windows = inputs.map((input, index) =>
            window(weeklySpec(input), `w${index}`),
          );
          const from = Date.parse(`${around}T00:00Z`);
          const spans = given.map(one => ({
            of: `w${one.of}`,
            start: from + one.from * minute,
            end: from + (one.from + one.minutes) * minute,
          }));
          const exceptionsOf = ({ metadata }: DeliveryWindow) =>
            spans.filter(({ of }) => of === metadata.name);
          const isExcepted = (one: DeliveryWindow, at: number) =>
            exceptionsOf(one).some(({ start, end }) => start <= at && at < end);
          for (const offset of offsets) {
            const at = from + offset * minute;
            // Who is excepted from a deny window does not meet it, and has an allow window open.
            const left = windows.filter(
              one => one.spec.type === 'allow' || !isExcepted(one, at),
            );
            const allowed = left.some(
              one => one.spec.type === 'allow' && isExcepted(one, at),
            );
            const judged = allowed
              ? left.filter(({ spec }) => spec.type === 'deny')
              : left;
            const state = windowsState(windows, at, exceptionsOf);
            expect(state.open).toBe(windowsState(judged, at).open);
            const change = state.open ? state.closesAt : state.until;
            if (change === undefined) continue;
            const openAt = (instant: number) =>
              windowsState(windows, instant, exceptionsOf).open;
            expect([openAt(change - 1), openAt(change)]).toEqual([
              state.open,
              !state.open,
            ]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lets a deny window go before an allow window', () => {
    const all = { recurrence: 'FREQ=DAILY', duration: '24h' };
    const state = windowsState(
      [
        window({ ...all, type: 'allow' }, 'always'),
        window({ start: '2026-02-01T00:00', duration: '1d' }, 'freeze'),
      ],
      Date.parse('2026-02-01T12:00:00Z'),
    );
    expect(state).toEqual({
      open: false,
      until: Date.parse('2026-02-01T23:00:00Z'),
      because: [expect.objectContaining({ name: 'freeze', type: 'deny' })],
    });
  });

  it('is shut for good, in bounded time, by what is always on', () => {
    const state = windowsState(
      [
        window({ recurrence: 'FREQ=HOURLY', duration: '1h' }),
        window({ type: 'allow', recurrence: 'FREQ=HOURLY', duration: '1h' }),
      ],
      Date.parse('2040-02-01T12:00:00Z'),
    );
    expect(state.open).toBe(false);
    expect(state.until).toBeUndefined();
  });

  it('has no opening where the only allow window is over', () => {
    const state = windowsState(
      [window({ type: 'allow' })],
      Date.parse('2026-02-01T12:00:00Z'),
    );
    expect(state).toEqual({
      open: false,
      because: [{ name: 'w', title: 'w', type: 'allow' }],
    });
  });
});

describe('windowProblems', () => {
  const problems = (spec: Partial<WindowSpec>) =>
    windowProblems(window(spec).spec);

  it.each<[string, Partial<WindowSpec>, string, RegExp]>([
    [
      'a time zone that does not exist',
      { timeZone: 'Europe/Berlinn' },
      '/spec/timeZone',
      /no time zone 'Europe\/Berlinn'/,
    ],
    [
      'a recurrence that never starts',
      { recurrence: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' },
      '/spec/recurrence',
      /never happens/,
    ],
    [
      'one that never ends',
      { recurrence: 'FREQ=DAILY', duration: '25h' },
      '/spec/recurrence',
      /never ends/,
    ],
    [
      'one that cannot be parsed',
      { recurrence: 'every Friday' },
      '/spec/recurrence',
      /'every Friday' is not a part/,
    ],
    [
      'one without frequency',
      { recurrence: 'BYDAY=FR' },
      '/spec/recurrence',
      /FREQ is missing/,
    ],
    [
      'one for each second',
      { recurrence: 'FREQ=SECONDLY' },
      '/spec/recurrence',
      /FREQ must be one of/,
    ],
    [
      'one for each minute',
      { recurrence: 'FREQ=MINUTELY' },
      '/spec/recurrence',
      /FREQ must be one of/,
    ],
    [
      'an interval of nothing',
      { recurrence: 'FREQ=DAILY;INTERVAL=0' },
      '/spec/recurrence',
      /INTERVAL cannot be '0'/,
    ],
    [
      'a duration of years',
      { duration: '999999999d' },
      '/spec/duration',
      /at most 366 days/,
    ],
    [
      'an hourly rule of rare days',
      { recurrence: 'FREQ=HOURLY;BYMONTH=2' },
      '/spec/recurrence',
      /does not go with BYMONTH/,
    ],
    ['no duration', { duration: 0 }, '/spec/duration', /more than 0/],
    [
      'a date that does not exist',
      { start: '2026-02-30T00:00' },
      '/spec/start',
      /is no date/,
    ],
  ])('names %s', (_, spec, pointer, detail) => {
    expect(problems(spec)).toEqual([
      { pointer, detail: expect.stringMatching(detail) },
    ]);
  });

  it('takes windows that open again', () => {
    expect(problems({ recurrence: 'FREQ=DAILY', duration: '23h' })).toEqual([]);
    expect(
      problems({ recurrence: 'FREQ=DAILY;COUNT=3', duration: '25h' }),
    ).toEqual([]);
    expect(
      problems({ recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29' }),
    ).toEqual([]);
    expect(
      problems({ type: 'allow', recurrence: 'FREQ=DAILY', duration: '25h' }),
    ).toEqual([]);
  });
});

describe('matches', () => {
  const target = {
    tier: 'production' as const,
    environmentRef: 'resource:default/production',
    componentRef: 'component:default/shop',
  };

  it('needs every key to fit, and one entry of each', () => {
    expect(matches(undefined, target)).toBe(true);
    expect(matches({ tiers: ['staging', 'production'] }, target)).toBe(true);
    expect(matches({ components: ['Component:Default/Shop'] }, target)).toBe(
      true,
    );
    expect(
      matches(
        { tiers: ['production'], components: ['component:default/other'] },
        target,
      ),
    ).toBe(false);
    expect(matches({ systems: ['system:default/web'] }, target)).toBe(false);
  });
});
