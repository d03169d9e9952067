import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What is asked about one rollout, live. Undefined: nothing to read. */
export function useApproval(rolloutId: string | undefined) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: rolloutId ? ['approval', rolloutId] : null,
    read: () => api.getApproval(rolloutId ?? ''),
    concerns: signal => signal.rolloutId === rolloutId,
    pollMs: 15_000,
  });
}
