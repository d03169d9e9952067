import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** Who may vote for the person, and for whom the person may vote. */
export function useDelegations() {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['delegations'],
    read: () => api.listDelegations(),
    pollMs: 60_000,
  });
}
