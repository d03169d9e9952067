import type {
  ComparisonResult,
  PointsSummary,
} from '@slipway/backstage-plugin-delivery-common';

const maxBins = 30;

/** What is kept of some points, of which there must be one at least. */
export function summarise(points: readonly number[]): PointsSummary {
  const sorted = [...points].sort((a, b) => a - b);
  return {
    minimum: sorted[0],
    lowerQuartile: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upperQuartile: quantile(sorted, 0.75),
    maximum: sorted[sorted.length - 1],
    mean: sorted.reduce((sum, point) => sum + point / sorted.length, 0),
  };
}

/** Counts the points of both releases on one scale. Neither may be empty. */
export function histogramOf(
  canary: readonly number[],
  stable: readonly number[],
): NonNullable<ComparisonResult['histogram']> {
  const all = [...canary, ...stable];
  const from = all.reduce((least, point) => Math.min(least, point));
  const to = all.reduce((most, point) => Math.max(most, point));
  const bins =
    from === to ? 1 : Math.min(maxBins, Math.ceil(Math.sqrt(all.length)));
  const count = (points: readonly number[]) => {
    const counts = new Array<number>(bins).fill(0);
    for (const point of points) {
      const bin = from === to ? 0 : ((point - from) / (to - from)) * bins;
      counts[Math.min(bins - 1, Math.floor(bin))] += 1;
    }
    return counts;
  };
  return { from, to, canary: count(canary), stable: count(stable) };
}

// Between two points in proportion, as most programs do (R's type 7).
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const before = sorted[Math.floor(at)];
  return before + (sorted[Math.ceil(at)] - before) * (at - Math.floor(at));
}
