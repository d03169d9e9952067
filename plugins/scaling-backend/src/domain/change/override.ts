import { InputError } from '@backstage/errors';
import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';

/**
 * What a number of replicas means where something decides how many there are. Under an autoscaler it is the least: the
 * autoscaler may go on to add, and its most is raised where the number lies above it. Throws `InputError` for what the
 * autoscaler cannot do.
 */
export function overrideOf(
  before: ReplicaSetting,
  replicas: number,
): ReplicaSetting {
  if (before.driver === 'fixed') return { ...before, replicas };
  if (before.driver === 'hpa' && replicas === 0)
    throw new InputError(
      'a HorizontalPodAutoscaler keeps at least 1 replica; ask for 1, or take the autoscaler away',
    );
  return {
    ...before,
    minReplicas: replicas,
    maxReplicas: Math.max(replicas, before.maxReplicas ?? replicas),
  };
}

/** Whether two settings are the same. */
export function isSameSetting(
  one: ReplicaSetting,
  other: ReplicaSetting,
): boolean {
  return (
    one.driver === other.driver &&
    one.name === other.name &&
    one.replicas === other.replicas &&
    one.minReplicas === other.minReplicas &&
    one.maxReplicas === other.maxReplicas
  );
}
