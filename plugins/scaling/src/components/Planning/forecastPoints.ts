import type { Forecast } from '@slipway/backstage-plugin-scaling-common';

/** A point of the chart; null leaves a gap. */
export interface ForecastChartPoint {
  /** Milliseconds since the epoch. */
  time: number;
  past: number | null;
  expected: number | null;
  /** Its lower and its upper end. */
  interval: [number, number] | null;
}

const HOUR_MS = 3_600_000;

/** What was, with a gap wherever an hour is missing, and then what is expected. */
export function forecastPoints({
  history,
  points,
}: Forecast): ForecastChartPoint[] {
  const all: ForecastChartPoint[] = [];
  const first = points.length ? Date.parse(points[0].at) : Infinity;
  for (const { at, demand } of history) {
    const time = Date.parse(at);
    // The present hour is in both; what is known of it so far is no whole hour.
    if (time >= first) continue;
    const before = all.at(-1);
    if (before && time - before.time > HOUR_MS)
      all.push({
        time: before.time + HOUR_MS,
        past: null,
        expected: null,
        interval: null,
      });
    all.push({ time, past: demand, expected: null, interval: null });
  }
  for (const { at, demand, high, low } of points)
    all.push({
      time: Date.parse(at),
      past: null,
      expected: demand,
      interval: [low, high],
    });
  return all;
}
