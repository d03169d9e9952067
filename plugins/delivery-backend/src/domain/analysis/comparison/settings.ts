import type {
  Comparison,
  ComparisonSettings,
} from '@slipway/backstage-plugin-delivery-common';

/** Kayenta's defaults for what a comparison leaves out; the least number of points is ours. */
export function comparisonSettings(comparison: Comparison): ComparisonSettings {
  return {
    direction: comparison.direction ?? 'either',
    critical: comparison.critical ?? false,
    group: comparison.group ?? 'default',
    confidence: comparison.confidence ?? 0.98,
    tolerance: comparison.tolerance ?? 0.25,
    minimumPoints: comparison.minimumPoints ?? 50,
  };
}
