import { useApi } from '@backstage/frontend-plugin-api';
import type { ListRolloutsQuery } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** One page of rollouts. */
export function useRollouts(filter: ListRolloutsQuery) {
  const api = useApi(deliveryApiRef);
  const { componentRef, environmentRef } = filter;
  return useLiveQuery({
    key: ['rollouts', JSON.stringify(filter)],
    read: () => api.listRollouts(filter),
    concerns: signal =>
      (!componentRef || signal.componentRef === componentRef) &&
      (!environmentRef || signal.environmentRef === environmentRef),
    pollMs: 20_000,
    keepPrevious: true,
  });
}
