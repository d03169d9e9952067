import type { ComparisonResult } from '@slipway/backstage-plugin-delivery-common';

export interface DistributionSample {
  /** Where the bin begins, in the metric's unit. */
  from: number;
  to: number;
  /** Percent of each release's points in the bin: the two may have different numbers of points. */
  canary: number;
  stable: number;
}

/**
 * The bins of two histograms as steps, in the order of their values. The last bin stands twice, once for its end, so
 * that a stepped line ends where it does.
 */
export function distributionSeries(
  histogram: NonNullable<ComparisonResult['histogram']>,
): DistributionSample[] {
  const { from, to, canary, stable } = histogram;
  const width = (to - from) / canary.length;
  const share = (counts: number[]) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    return counts.map(count => (count / all) * 100);
  };
  const [canaryShare, stableShare] = [share(canary), share(stable)];
  const bins = canaryShare.map((percent, index) => ({
    from: from + index * width,
    to: from + (index + 1) * width,
    canary: percent,
    stable: stableShare[index],
  }));
  const last = bins[bins.length - 1];
  return [...bins, { ...last, from: last.to }];
}
