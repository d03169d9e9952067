import type {
  ScalingCondition,
  ScalingMetric,
} from '@slipway/backstage-plugin-scaling-common';
import type { ObservedTarget } from '@slipway/backstage-plugin-scaling-node';

/** What people see of a policy that Slipway follows by itself. */
export interface ShownAutoscaler {
  /** Of the policy. */
  name: string;
  /** Absent where the policy says nothing of the tier. */
  limits?: { min: number; max: number };
  /** For each replica, by metric. */
  targets: Record<string, number>;
  conditions: ScalingCondition[];
}

/** A target as its provider sees it, with the policy that drives it. */
export function withAutoscaler(
  seen: ObservedTarget,
  { conditions, limits, name, targets }: ShownAutoscaler,
): ObservedTarget {
  return {
    ...seen,
    driver: { kind: 'slipway', name },
    ...(limits && { minReplicas: limits.min, maxReplicas: limits.max }),
    metrics: seen.metrics.map(metric => measured(metric, targets)),
    conditions: [...seen.conditions, ...conditions],
  };
}

function measured(
  metric: ScalingMetric,
  targets: Record<string, number>,
): ScalingMetric {
  const target = targets[metric.name];
  if (target === undefined) return metric;
  return {
    ...metric,
    target: String(target),
    ...(metric.average !== undefined && { ratio: metric.average / target }),
  };
}
