import { parseEntityRef } from '@backstage/catalog-model';
import type { Deployment } from '@slipway/backstage-plugin-delivery-common';
import type { ObservedTarget } from '@slipway/backstage-plugin-scaling-node';

/** What runs of a component, with as many copies as delivery last saw. Nothing where no release runs. */
export function targetOf({
  componentRef,
  observation,
  release,
  replicas,
}: Deployment): ObservedTarget | undefined {
  if (!release) return undefined;
  const sum = (count: 'replicas' | 'readyReplicas') =>
    (observation?.versions ?? []).reduce(
      (total, version) => total + version[count],
      0,
    );
  return {
    componentRef,
    workload: `Processes/${parseEntityRef(componentRef).name}`,
    driver: { kind: 'fixed' },
    delivered: true,
    ...(observation && {
      currentReplicas: sum('replicas'),
      readyReplicas: sum('readyReplicas'),
    }),
    ...(replicas !== undefined && { desiredReplicas: replicas }),
    metrics: [],
    conditions: observation?.message
      ? [
          {
            type: 'Delivery',
            reason: 'NotConverged',
            severity: observation.converged ? 'info' : 'warning',
            message: observation.message,
          },
        ]
      : [],
    recommendations: [],
    events: [],
  };
}
