import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** One rollout, live. */
export function useRollout(id: string) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['rollout', id],
    read: () => api.getRollout(id),
    concerns: signal => signal.rolloutId === id,
    pollMs: 10_000,
  });
}
