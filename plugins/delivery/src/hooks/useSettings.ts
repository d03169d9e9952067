import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What can be chosen from in this portal; fixed while a backend runs. */
export function useSettings() {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['settings'],
    read: () => api.getSettings(),
    pollMs: 0,
  });
}
