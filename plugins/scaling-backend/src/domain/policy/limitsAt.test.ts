import fc from 'fast-check';
import { nightly, policy } from '../../__testUtils__/policy';
import { limitsAt } from './limitsAt';

const hour = 3_600_000;
const at = (instant: string) => Date.parse(instant);

const development = policy({
  replicas: { development: { min: 1, max: 3 }, production: { min: 2, max: 9 } },
  schedules: [nightly],
});

describe('the limits of a policy', () => {
  it('are those of the tier, and other ones while a schedule holds', () => {
    expect(
      limitsAt(development, 'development', at('2026-03-10T12:00Z')),
    ).toEqual({ min: 1, max: 3, nextChangeAt: at('2026-03-10T19:00Z') });
    expect(
      limitsAt(development, 'development', at('2026-03-10T19:00Z')),
    ).toEqual({
      min: 0,
      max: 0,
      schedule: 'night',
      nextChangeAt: at('2026-03-11T06:00Z'),
    });
    expect(
      limitsAt(development, 'production', at('2026-03-10T20:00Z')),
    ).toEqual({ min: 2, max: 9 });
    expect(limitsAt(development, 'staging', 0)).toBeUndefined();
  });

  it('keep to the clocks of the schedule when those change', () => {
    // Berlin goes from +1 to +2 in the night to 29 March: the night begins an hour earlier in UTC the day after.
    expect(
      limitsAt(development, 'development', at('2026-03-29T12:00Z'))
        ?.nextChangeAt,
    ).toBe(at('2026-03-29T18:00Z'));
  });

  it('are those of the first schedule where several hold', () => {
    const crowded = policy({
      schedules: [
        {
          ...nightly,
          name: 'sale',
          tiers: undefined,
          start: '2026-03-10T18:00',
          duration: '4h',
          recurrence: undefined,
          replicas: { min: 8, max: 9 },
        },
        { ...nightly, tiers: undefined },
      ],
    });
    expect(limitsAt(crowded, 'production', at('2026-03-10T20:30Z'))).toEqual({
      min: 8,
      max: 9,
      schedule: 'sale',
      nextChangeAt: at('2026-03-10T21:00Z'),
    });
  });

  it('find a change that is months away, and none where there is none', () => {
    const yearly = policy({
      schedules: [{ ...nightly, tiers: undefined, recurrence: 'FREQ=YEARLY' }],
    });
    expect(
      limitsAt(yearly, 'production', at('2026-03-01T00:00Z'))?.nextChangeAt,
    ).toBe(at('2027-01-01T19:00Z'));
    const over = policy({
      schedules: [{ ...nightly, tiers: undefined, recurrence: undefined }],
    });
    expect(limitsAt(over, 'production', at('2026-03-01T00:00Z'))).toEqual({
      min: 1,
      max: 20,
    });
  });

  it('stay the same up to the next change, and then do not', () => {
    const schedule = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      hours: fc.integer({ min: 1, max: 30 }),
      rule: fc.constantFrom(
        'FREQ=DAILY',
        'FREQ=WEEKLY;BYDAY=SA,SU',
        'FREQ=HOURLY;INTERVAL=7',
      ),
      most: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(
        fc.array(schedule, { minLength: 1, maxLength: 3 }),
        fc.nat(24 * 60),
        (inputs, minutes) => {
          const many = policy({
            schedules: inputs.map((input, index) => ({
              ...nightly,
              tiers: undefined,
              name: `s${index}`,
              start: `2026-01-01T${`${input.hour}`.padStart(2, '0')}:00`,
              duration: `${input.hours}h`,
              recurrence: input.rule,
              replicas: { min: 1, max: input.most },
            })),
          });
          const now = at('2026-03-27T00:00Z') + minutes * 60_000;
          const nowHolds = limitsAt(many, 'production', now)!;
          const until = nowHolds.nextChangeAt ?? now + 10 * 24 * hour;
          for (let step = 0; step < 20; step++) {
            const between = now + ((until - now) * step) / 20;
            expect(limitsAt(many, 'production', between)).toEqual(nowHolds);
          }
          const after = limitsAt(many, 'production', until)!;
          expect(after.schedule !== nowHolds.schedule).toBe(
            nowHolds.nextChangeAt !== undefined,
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
