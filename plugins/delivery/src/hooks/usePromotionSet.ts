import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What a promotion is made of, which never changes. Undefined: nothing to read. */
export function usePromotionSet(promotionId: string | undefined) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: promotionId ? ['promotion-set', promotionId] : null,
    read: async () => (await api.getPromotion(promotionId ?? '')).items,
    pollMs: 0,
  }).data;
}
