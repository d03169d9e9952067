import type {
  V1LabelSelector,
  V1PodDisruptionBudget,
} from '@kubernetes/client-node';
import type { ScalingCondition } from '@slipway/backstage-plugin-scaling-common';

const type = 'PodDisruptionBudget';

/** What the budgets of a workload's pods let go when nodes are drained; or that they may not be listed, where there are none given. */
export function disruptionConditions(
  budgets: V1PodDisruptionBudget[] | undefined,
  podLabels: Record<string, string>,
): ScalingCondition[] {
  if (!budgets)
    return [
      {
        type,
        reason: 'Forbidden',
        severity: 'info',
        message:
          'PodDisruptionBudgets may not be listed: apply the rbac.yaml of this version to the cluster to see them.',
      },
    ];
  return budgets
    .filter(({ spec }) => spec?.selector && selects(spec.selector, podLabels))
    .map(conditionOf);
}

function conditionOf({
  metadata,
  status,
}: V1PodDisruptionBudget): ScalingCondition {
  const budget = `PodDisruptionBudget ${metadata?.name}`;
  if (!status)
    return {
      type,
      reason: 'Unknown',
      severity: 'info',
      message: `${budget} has not been looked at by the cluster yet.`,
    };
  const { currentHealthy, desiredHealthy, disruptionsAllowed, expectedPods } =
    status;
  if (disruptionsAllowed > 0)
    return {
      type,
      reason: 'SufficientPods',
      severity: 'info',
      message: `${budget}: ${disruptionsAllowed} of ${expectedPods} may go when a node is drained; ${desiredHealthy} stay.`,
    };
  if (expectedPods > 0 && desiredHealthy >= expectedPods)
    return {
      type,
      reason: 'NeverAllows',
      severity: 'warning',
      message: `${budget} lets none of ${expectedPods} go, ever: no node that has one can be drained. Run more replicas, or let fewer stay.`,
    };
  return {
    type,
    reason: 'InsufficientPods',
    severity: 'info',
    message: `${budget} lets none go now: ${currentHealthy} of ${expectedPods} are well, and ${desiredHealthy} have to be.`,
  };
}

function selects(
  { matchExpressions = [], matchLabels = {} }: V1LabelSelector,
  labels: Record<string, string>,
): boolean {
  return (
    Object.entries(matchLabels).every(
      ([key, value]) => labels[key] === value,
    ) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return values.includes(labels[key]);
        case 'NotIn':
          return !values.includes(labels[key]);
        case 'Exists':
          return labels[key] !== undefined;
        default:
          return labels[key] === undefined;
      }
    })
  );
}
