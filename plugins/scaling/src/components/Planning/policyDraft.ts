import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import { usualMetrics } from '../usualMetrics';

/** A policy like what works on the target now, to be changed. */
export function policyDraft(target: ScalingTarget): string {
  const { maxReplicas, minReplicas, currentReplicas = 1 } = target;
  const min = Math.max(1, minReplicas ?? 1);
  const max = Math.max(min, maxReplicas ?? 2 * currentReplicas);
  return `apiVersion: slipway.dev/v1alpha1
kind: ScalingPolicy
metadata:
  name: ${nameOf(target)}
spec:
  replicas:
    ${target.tier}: { min: ${min}, max: ${max} }
  metrics:
${usualMetrics(target).join('\n')}
`;
}

function nameOf({ workload }: ScalingTarget): string {
  return (
    (workload.split('/').pop() ?? '')
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .slice(0, 63)
      .replace(/^-+|-+$/g, '') || 'policy'
  );
}
