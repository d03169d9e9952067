import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';

/** Percent of the request; what most write when nothing else is known. */
const USUAL_UTILIZATION = 70;

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
${metricsOf(target).join('\n')}
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

/** Those that are measured in percent; other ones need a number that only people know. */
function metricsOf({ metrics }: ScalingTarget): string[] {
  const known = metrics.flatMap(({ name, ratio, utilization }) => {
    if ((name !== 'cpu' && name !== 'memory') || utilization === undefined)
      return [];
    const kept = ratio ? Math.round(utilization / ratio) : USUAL_UTILIZATION;
    return [
      `    - { type: ${name}, targetUtilization: ${Math.min(1000, Math.max(1, kept))} }`,
    ];
  });
  return known.length
    ? known
    : [`    - { type: cpu, targetUtilization: ${USUAL_UTILIZATION} }`];
}
