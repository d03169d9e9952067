import type { UsageSeries } from '@slipway/backstage-plugin-scaling-node';
import { percentile } from './percentile';

const dayMs = 86_400_000;
// A day that was seen for less than half tells little.
const leastOfDay = 0.5;

/** What a window of samples comes to. */
export interface Seen {
  /** Ascending, of all replicas. */
  sorted: number[];
  replicas: number;
  /** Instants at which there is a sample. */
  steps: number;
  /** In which part of the window there are samples; 0 to 1. */
  coverage: number;
  /** Seconds for which there are samples. */
  seconds: number;
  /** The percentile of each day that was seen for at least half, by the window's own days, oldest first. */
  byDay: number[];
}

export function seen(
  series: readonly UsageSeries[],
  window: { from: number; to: number; stepSeconds: number },
  percent: number,
): Seen | undefined {
  const { from, stepSeconds, to } = window;
  const points = series
    .flatMap(one => one.points)
    .filter(({ value }) => Number.isFinite(value));
  if (!points.length) return undefined;
  const instants = new Set(points.map(({ at }) => at));
  const expected = Math.max(1, Math.round((to - from) / 1000 / stepSeconds));
  const days = new Map<number, { values: number[]; instants: Set<number> }>();
  for (const { at, value } of points) {
    const day = Math.floor((at - from) / dayMs);
    const known = days.get(day) ?? { values: [], instants: new Set() };
    known.values.push(value);
    known.instants.add(at);
    days.set(day, known);
  }
  return {
    sorted: points.map(({ value }) => value).sort((a, b) => a - b),
    replicas: series.filter(one => one.points.length > 0).length,
    steps: instants.size,
    coverage: Math.min(1, instants.size / expected),
    seconds: instants.size * stepSeconds,
    byDay: [...days.entries()]
      .sort(([a], [b]) => a - b)
      .filter(
        ([, day]) =>
          day.instants.size * stepSeconds * 1000 >= leastOfDay * dayMs,
      )
      .map(([, { values }]) =>
        percentile(
          values.sort((a, b) => a - b),
          percent,
        ),
      ),
  };
}
