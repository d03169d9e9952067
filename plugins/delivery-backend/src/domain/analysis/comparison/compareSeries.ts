import type {
  ComparisonResult,
  ComparisonSettings,
} from '@slipway/backstage-plugin-delivery-common';
import type { MeasuredSeries } from '@slipway/backstage-plugin-delivery-node';
import { histogramOf, summarise } from './distribution';
import { mannWhitney } from './mannWhitney';

/**
 * Compares the points of two releases as Kayenta's MannWhitneyClassifier does: high when the whole confidence interval
 * of the difference lies above `tolerance` times the estimate's size, low when it lies below minus that, where the
 * direction minds. Only what this answers is kept of the points.
 */
export function compareSeries(
  series: MeasuredSeries,
  settings: ComparisonSettings,
): ComparisonResult {
  const canary = series.canary.filter(Number.isFinite);
  const stable = (series.stable ?? []).filter(Number.isFinite);
  const base = {
    points: { canary: canary.length, stable: stable.length },
    ...(series.unit && { unit: series.unit }),
  };
  if (!series.stable) return { ...base, classification: 'nodata' };
  if (Math.min(canary.length, stable.length) < settings.minimumPoints)
    return base;
  const { estimate, lower, upper, pValue } = mannWhitney(
    canary,
    stable,
    settings.confidence,
  );
  const bound = settings.tolerance * Math.abs(estimate);
  return {
    ...base,
    classification: classify({ lower, upper, bound }, settings.direction),
    shift: { estimate, lower, upper, bound, pValue },
    canary: summarise(canary),
    stable: summarise(stable),
    histogram: histogramOf(canary, stable),
  };
}

function classify(
  { lower, upper, bound }: { lower: number; upper: number; bound: number },
  direction: ComparisonSettings['direction'],
): 'pass' | 'high' | 'low' {
  if (direction !== 'decrease' && lower > bound) return 'high';
  if (direction !== 'increase' && upper < -bound) return 'low';
  return 'pass';
}
