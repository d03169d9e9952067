import type {
  ComparisonResult,
  Measurement,
} from '@slipway/backstage-plugin-delivery-common';

/** The comparison to show of a metric: the newest that has a verdict, else the newest. */
export function shownComparison(
  measurements: readonly Measurement[],
): ComparisonResult | undefined {
  const all = measurements.flatMap(({ comparison }) => comparison ?? []);
  return (
    all.findLast(({ classification }) => classification !== undefined) ??
    all.at(-1)
  );
}
