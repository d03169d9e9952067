import { useApi } from '@backstage/frontend-plugin-api';
import type { ListPromotionsQuery } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** One page of promotions. */
export function usePromotions(filter: ListPromotionsQuery) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['promotions', JSON.stringify(filter)],
    read: () => api.listPromotions(filter),
    // A set moves with any of its components, not only with the one it was looked for by.
    concerns: () => true,
    pollMs: 20_000,
    keepPrevious: true,
  });
}
