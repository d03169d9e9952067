import type { Measurement } from '@slipway/backstage-plugin-delivery-common';

/** How many measurements have each verdict. */
export function countVerdicts(
  measurements: readonly Measurement[],
): Record<Measurement['verdict'], number> {
  const counts = { successful: 0, failed: 0, inconclusive: 0, error: 0 };
  for (const { verdict } of measurements) counts[verdict] += 1;
  return counts;
}

/** How many of the last measurements, in a row, could not be taken. */
export function consecutiveErrors(
  measurements: readonly Measurement[],
): number {
  const lastGood = measurements.findLastIndex(
    ({ verdict }) => verdict !== 'error',
  );
  return measurements.length - 1 - lastGood;
}
