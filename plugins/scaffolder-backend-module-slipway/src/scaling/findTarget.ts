import { InputError } from '@backstage/errors';
import type {
  ScalingClient,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import type { AsCaller } from '../AsCaller';

/** The workload of a component in an environment; it has to be named where there are several. */
export async function findTarget(
  scaling: AsCaller<ScalingClient>,
  wanted: { componentRef: string; environment: string; workload?: string },
): Promise<ScalingTarget> {
  const { componentRef, environment, workload } = wanted;
  const environmentRef = environment.includes(':')
    ? environment
    : `resource:default/${environment}`;
  const { items } = await scaling.call((api, call) =>
    api.listTargets({ componentRef, environmentRef, limit: 200 }, call),
  );
  const found = workload
    ? items.filter(target => target.workload === workload)
    : items;
  if (found.length === 1) return found[0];
  const names = items.map(target => target.workload).join(', ');
  throw new InputError(
    found.length
      ? `${componentRef} has several workloads in ${environment}: ${names}; name one as workload`
      : `Nothing of ${componentRef}${workload ? ` called ${workload}` : ''} was seen in ${environment}${names ? `; there is ${names}` : ''}`,
  );
}
