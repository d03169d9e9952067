import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** The environments, in order. They change seldom: read once, and again when the window gets the focus. */
export function useEnvironments() {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['environments'],
    read: () => api.listEnvironments(),
    pollMs: 0,
  });
}
