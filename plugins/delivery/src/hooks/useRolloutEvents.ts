import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { readAllEvents } from '../api/readAllEvents';
import { useLiveQuery } from './useLiveQuery';

/** What happened in a rollout, oldest first. */
export function useRolloutEvents(id: string) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['rollout-events', id],
    read: () => readAllEvents(query => api.listRolloutEvents(id, query)),
    concerns: signal => signal.rolloutId === id,
    pollMs: 20_000,
  });
}
