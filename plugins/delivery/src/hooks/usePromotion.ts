import { useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** One promotion, live. */
export function usePromotion(id: string) {
  const api = useApi(deliveryApiRef);
  const known = useRef<Promotion>();
  const query = useLiveQuery({
    key: ['promotion', id],
    read: () => api.getPromotion(id),
    concerns: signal =>
      known.current?.items.some(
        one => one.componentRef === signal.componentRef,
      ) ?? true,
    pollMs: 10_000,
  });
  known.current = query.data;
  return query;
}
