import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Promotion,
  PromotionAction,
} from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApi';
import { useSteering } from './useSteering';

const stagesOf = (promotion: Promotion) =>
  promotion.stages.map(stage => stage.status).join();

/** Steers a promotion. */
export function usePromotionAction() {
  const api = useApi(deliveryApiRef);
  return useSteering<Promotion, PromotionAction>({
    read: id => api.getPromotion(id),
    send: (id, action, body, options) =>
      api.actOnPromotion(id, action, body, options),
    isSameSituation: (before, after) =>
      before.phase === after.phase && stagesOf(before) === stagesOf(after),
  });
}
