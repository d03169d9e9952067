import { mean, probit, sum } from 'simple-statistics';
import { type HourOfDemand, hourMs } from './hourly';

const hoursOfWeek = 168;
/** How probably what comes lies within the interval. */
export const confidence = 0.9;
const leastDays = 14;
// Of all hours of the week, those that were seen in two weeks or more.
const leastCover = 0.9;

/** What one hour will probably ask for. */
export interface ForecastHour extends HourOfDemand {
  low: number;
  high: number;
}

export type DemandForecast =
  { refused: string } | { trendPerWeek: number; hours: ForecastHour[] };

/**
 * A straight trend and a level for each hour of the week, fitted together by least squares, with the prediction
 * interval of that model: what scatters about it, and how well trend and levels are known. It takes hours for
 * independent of one another, so that a week that is unlike all others lies outside more often than it says.
 */
export function forecast(
  history: readonly HourOfDemand[],
  from: number,
  to: number,
): DemandForecast {
  const first = history[0];
  const last = history[history.length - 1];
  const days = first ? (last.at + hourMs - first.at) / (24 * hourMs) : 0;
  if (days < leastDays)
    return {
      refused: `A forecast needs at least two weeks of known load; there ${inDays(days)}`,
    };
  const season = new Map<number, HourOfDemand[]>();
  for (const one of history) {
    const place = hourOfWeek(one.at);
    season.set(place, [...(season.get(place) ?? []), one]);
  }
  const levels = new Map(
    [...season].map(([hour, seen]) => [
      hour,
      {
        count: seen.length,
        at: mean(seen.map(({ at }) => at)),
        demand: mean(seen.map(({ demand }) => demand)),
      },
    ]),
  );
  const often = [...levels.values()].filter(({ count }) => count > 1).length;
  const freedom = history.length - levels.size - 1;
  if (often < leastCover * hoursOfWeek || freedom < 1)
    return {
      refused: `A forecast needs two weeks in which load is known at nearly every hour; it is so for ${often} of the ${hoursOfWeek} hours of the week`,
    };

  // Each hour against the others of its own place in the week: the season drops out, the trend is left.
  const moved = history.map(({ at, demand }) => {
    const level = levels.get(hourOfWeek(at))!;
    return { x: (at - level.at) / hourMs, y: demand - level.demand };
  });
  const spread = sum(moved.map(({ x }) => x * x));
  const slope = sum(moved.map(({ x, y }) => x * y)) / spread;
  const variance = sum(moved.map(({ x, y }) => (y - slope * x) ** 2)) / freedom;
  const reach = probit((1 + confidence) / 2);

  const hours: ForecastHour[] = [];
  for (let at = from - (from % hourMs); at < to; at += hourMs) {
    const level = levels.get(hourOfWeek(at));
    if (!level) continue;
    const ahead = (at - level.at) / hourMs;
    const demand = level.demand + slope * ahead;
    const margin =
      reach * Math.sqrt(variance * (1 + 1 / level.count + ahead ** 2 / spread));
    hours.push({
      at,
      // There is no load below none.
      demand: Math.max(0, demand),
      low: Math.max(0, demand - margin),
      high: Math.max(0, demand + margin),
    });
  }
  return { trendPerWeek: slope * hoursOfWeek, hours };
}

/** When more than the limit will be asked for, and when it might be at the worst. */
export function reaches(
  hours: readonly ForecastHour[],
  limit: number,
): { at?: number; maybeAt?: number } {
  return {
    at: hours.find(({ demand }) => demand > limit)?.at,
    maybeAt: hours.find(({ high }) => high > limit)?.at,
  };
}

// In UTC: where clocks change in between, an hour of the day counts as its neighbour from then on.
function hourOfWeek(at: number): number {
  return Math.floor(at / hourMs) % hoursOfWeek;
}

function inDays(days: number): string {
  if (days < 1) return days ? 'is less than a day' : 'is none';
  const whole = Math.floor(days);
  return whole === 1 ? 'is 1 day' : `are ${whole} days`;
}
