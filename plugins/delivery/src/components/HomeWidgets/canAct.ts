import type { Rollout } from '@slipway/backstage-plugin-delivery-common';

/** Whether there is anything that the person may do about a rollout. */
export function canAct(rollout: Rollout): boolean {
  return Object.values(rollout.allowedActions).some(one => one.allowed);
}
