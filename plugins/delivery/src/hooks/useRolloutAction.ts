import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Rollout,
  RolloutAction,
} from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApi';
import { useSteering } from './useSteering';

/** Steers a rollout. */
export function useRolloutAction() {
  const api = useApi(deliveryApiRef);
  return useSteering<Rollout, RolloutAction>({
    read: id => api.getRollout(id),
    send: (id, action, body, options) =>
      api.actOnRollout(id, action, body, options),
    isSameSituation: (before, after) =>
      before.phase === after.phase &&
      before.waitReason === after.waitReason &&
      before.currentStepIndex === after.currentStepIndex,
  });
}
