import { InputError } from '@backstage/errors';
import type { Place } from '@slipway/backstage-plugin-kubernetes-node';
import type { ScalingEnvironment } from '@slipway/backstage-plugin-scaling-node';

/** Throws `InputError` naming the field of the environment that is missing. */
export function readPlace({ ref, settings }: ScalingEnvironment): Place {
  const text = (field: 'cluster' | 'namespace') => {
    const value = settings[field];
    if (typeof value !== 'string' || !value)
      throw new InputError(
        `spec.target.${field} of ${ref} is missing; write the name of the ${field} that its software runs in`,
      );
    return value;
  };
  return { cluster: text('cluster'), namespace: text('namespace') };
}
