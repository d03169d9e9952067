import type { PolicyMetric } from '@slipway/backstage-plugin-scaling-common';

/** What a metric is called in histories and reasons: its type, or the name that a query was given. */
export function metricName(metric: PolicyMetric): string {
  return metric.type === 'prometheus' ? metric.name : metric.type;
}
