import type { PolicyMetric } from '@slipway/backstage-plugin-scaling-common';
import type { FieldProblem } from '@slipway/backstage-plugin-slipway-node';
import type { Demand } from '../demand';
import { metricName } from '../policy/metricName';
import type { Recorded } from './recorded';

/** The target for each replica, in the unit of `demandFor`. */
function targetOf(metric: PolicyMetric): number {
  return 'targetUtilization' in metric
    ? metric.targetUtilization
    : metric.target;
}

/** What all replicas together had to do of a policy's metric; nothing where it was not recorded. */
export function demandFor(
  metric: PolicyMetric,
  demands: readonly Demand[],
): number | undefined {
  const unit = 'targetUtilization' in metric ? 'percent' : 'number';
  return demands.find(
    demand => demand.metric === metricName(metric) && demand.unit === unit,
  )?.total;
}

/** How many replicas would have been just at their target, by the metric that asks for most. */
export function replicasWorth(
  metrics: readonly PolicyMetric[],
  demands: readonly Demand[],
): number | undefined {
  const wishes = metrics.flatMap(metric => {
    const demand = demandFor(metric, demands);
    return demand === undefined ? [] : [demand / targetOf(metric)];
  });
  return wishes.length ? Math.max(...wishes) : undefined;
}

/** The metrics of a policy that were never recorded. Pointers are into the policy. */
export function unrecorded(
  metrics: readonly PolicyMetric[],
  { steps }: Recorded,
): FieldProblem[] {
  const names = [
    ...new Set(
      steps.flatMap(({ demands }) =>
        demands.map(({ metric, unit }) =>
          unit === 'percent' ? `${metric} in percent` : metric,
        ),
      ),
    ),
  ].sort();
  return metrics.flatMap((metric, index) =>
    steps.some(({ demands }) => demandFor(metric, demands) !== undefined)
      ? []
      : [
          {
            pointer: `/spec/metrics/${index}`,
            detail: `nothing was recorded of ${metricName(metric)} in this time; ${
              names.length
                ? `recorded were: ${names.join(', ')}`
                : 'no metric was, as no autoscaler measured any'
            }`,
          },
        ],
  );
}
