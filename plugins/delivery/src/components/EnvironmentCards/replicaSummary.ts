import type { Deployment } from '@slipway/backstage-plugin-delivery-common';

/** Ready and wanted replicas of all versions there; undefined where the runtime has shown nothing yet. */
export function replicaSummary(
  deployment: Deployment,
): { ready: number; desired: number } | undefined {
  const versions = deployment.observation?.versions;
  if (!versions?.length) return undefined;
  return {
    ready: versions.reduce((sum, one) => sum + one.readyReplicas, 0),
    desired: versions.reduce((sum, one) => sum + one.desiredReplicas, 0),
  };
}
