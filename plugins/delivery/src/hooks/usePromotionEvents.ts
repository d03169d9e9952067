import { useApi } from '@backstage/frontend-plugin-api';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApi';
import { readAllEvents } from '../api/readAllEvents';
import { useLiveQuery } from './useLiveQuery';

/** What happened in a promotion up to what is shown of it, oldest first. */
export function usePromotionEvents({ id, version }: Promotion) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['promotion-events', id, version],
    read: () => readAllEvents(query => api.listPromotionEvents(id, query)),
    pollMs: 0,
    keepPrevious: true,
  });
}
