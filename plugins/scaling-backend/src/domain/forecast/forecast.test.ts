import fc from 'fast-check';
import { confidence, forecast, reaches } from './forecast';
import { hourly, hourMs, type HourOfDemand } from './hourly';

const begin = Date.parse('2026-01-05T00:00Z');
const weekHours = 168;

function series(
  hours: number,
  demand: (hour: number) => number,
): HourOfDemand[] {
  return Array.from({ length: hours }, (_, hour) => ({
    at: begin + hour * hourMs,
    demand: demand(hour),
  }));
}

function forecasted(history: HourOfDemand[], hours: number) {
  const from = history[history.length - 1].at + hourMs;
  const found = forecast(history, from, from + hours * hourMs);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

/** Busy by day, less so at weekends. */
const week = (hour: number) =>
  5 +
  3 * Math.sin((hour / 24) * 2 * Math.PI) -
  (hour % weekHours > 120 ? 2 : 0);

/** Of the normal distribution (Box and Muller), from a seed (Mulberry32). */
function noise(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

describe('a forecast of demand', () => {
  it('goes on with the week and the trend where nothing scatters', () => {
    const truth = (hour: number) => week(hour) + 0.01 * hour;
    const { hours, trendPerWeek } = forecasted(
      series(3 * weekHours, truth),
      400,
    );
    expect(trendPerWeek).toBeCloseTo(0.01 * weekHours, 8);
    expect(hours).toHaveLength(400);
    const off = hours.map(({ demand, low, high }, index) => [
      demand - truth(3 * weekHours + index),
      high - low,
    ]);
    expect(Math.max(...off.flat().map(Math.abs))).toBeLessThan(1e-6);
  });

  it('goes on with it whatever the trend, the season, and the hours that are missing', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.01, max: 0.1, noNaN: true }),
        fc.double({ min: 0, max: 4, noNaN: true }),
        fc.uniqueArray(fc.nat(4 * weekHours - 2), { maxLength: 60 }),
        (slope, swing, missing) => {
          const truth = (hour: number) =>
            20 + swing * week(hour) + slope * hour;
          const history = series(4 * weekHours, truth).filter(
            (_, hour) => !missing.includes(hour),
          );
          const { hours } = forecasted(history, weekHours);
          const off = hours.map(({ at, demand }) =>
            Math.abs(demand - truth((at - begin) / hourMs)),
          );
          expect(Math.max(...off)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([2, 4])(
    'after %d weeks holds what comes as often as it says',
    weeks => {
      let within = 0;
      let all = 0;
      for (let seed = 1; seed <= 60; seed++) {
        const scatter = noise(seed);
        const whole = series(
          (weeks + 1) * weekHours,
          hour => 50 + week(hour) + 0.005 * hour + 2 * scatter(),
        );
        const { hours } = forecasted(
          whole.slice(0, weeks * weekHours),
          weekHours,
        );
        const held = whole.slice(weeks * weekHours);
        within += hours.filter(
          ({ low, high }, index) =>
            held[index].demand >= low && held[index].demand <= high,
        ).length;
        all += hours.length;
      }
      expect(Math.abs(within / all - confidence)).toBeLessThan(0.02);
    },
  );

  it('is the less certain the further it looks', () => {
    const scatter = noise(7);
    const { hours } = forecasted(
      series(3 * weekHours, hour => 50 + week(hour) + scatter()),
      8 * weekHours,
    );
    const widths = hours
      .filter((_, hour) => hour % weekHours === 0)
      .map(({ high, low }) => high - low);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(widths[7]).toBeGreaterThan(widths[0]);
  });

  it('never goes below nothing', () => {
    const scatter = noise(7);
    const { hours, trendPerWeek } = forecasted(
      series(3 * weekHours, hour => Math.max(0, 2 - 0.004 * hour + scatter())),
      4 * weekHours,
    );
    expect(trendPerWeek).toBeLessThan(0);
    expect(
      hours.every(
        ({ low, demand, high }) => low >= 0 && demand >= low && high >= demand,
      ),
    ).toBe(true);
    expect(hours[4 * weekHours - 1].demand).toBe(0);
  });

  it.each([
    [0, 'A forecast needs at least two weeks of known load; there is none'],
    [5, 'there is less than a day'],
    [30, 'there is 1 day'],
    [3 * 24, 'there are 3 days'],
    [335, 'there are 13 days'],
  ])('is refused after %d hours', (hours, reason) => {
    expect(forecast(series(hours, week), begin, begin)).toEqual({
      refused: expect.stringContaining(reason),
    });
  });

  it('is refused where most hours of the week were seen once only', () => {
    const sparse = series(2 * weekHours, week).filter(
      (_, hour) => hour < weekHours || hour % 2 === 1,
    );
    expect(forecast(sparse, begin, begin)).toEqual({
      refused: expect.stringContaining('84 of the 168 hours'),
    });
  });

  it('says when a limit will be reached, and when it might be', () => {
    const scatter = noise(3);
    const { hours } = forecasted(
      series(4 * weekHours, hour => 10 + 0.01 * hour + scatter() / 2),
      2 * weekHours,
    );
    // 10 + 0.01 x is 18 at hour 800; the last known is 671.
    const { at = NaN, maybeAt = NaN } = reaches(hours, 18);
    expect(Math.abs((at - begin) / hourMs - 800)).toBeLessThan(90);
    expect(maybeAt).toBeLessThan(at);
    expect(reaches(hours, 100)).toEqual({ at: undefined, maybeAt: undefined });
  });
});

describe('demand by the hour', () => {
  it('is load times replicas in the mean, without hours whose load nobody knew', () => {
    const sample = (at: string, replicas: number, load?: number) => ({
      at: `2026-01-05T${at}:00.000Z`,
      replicas,
      maxReplicas: replicas,
      ...(load !== undefined && { load }),
    });
    expect(
      hourly([
        sample('00:00', 2, 0.5),
        sample('00:15', 4, 0.5),
        sample('01:00', 4),
        sample('02:45', 3, 2),
      ]),
    ).toEqual([
      { at: begin, demand: 1.5 },
      { at: begin + 2 * hourMs, demand: 6 },
    ]);
  });
});
