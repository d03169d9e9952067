import { useApi } from '@backstage/frontend-plugin-api';
import type { StartPromotionRequest } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What a promotion would do now. Null: nothing to plan yet. */
export function usePromotionPlan(request: StartPromotionRequest | null) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: request ? ['promotion-plan', JSON.stringify(request)] : null,
    read: () => api.planPromotion(request ?? { items: [] }),
    pollMs: 0,
  });
}
