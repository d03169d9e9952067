import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** What is asked about one rollout, or by one request, live. Undefined: nothing to read. */
export function useApproval(approvalId: string | undefined) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: approvalId ? ['approval', approvalId] : null,
    read: () => api.getApproval(approvalId ?? ''),
    concerns: signal => signal.rolloutId === approvalId,
    pollMs: 15_000,
  });
}
