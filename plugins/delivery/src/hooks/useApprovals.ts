import { useApi } from '@backstage/frontend-plugin-api';
import type { ListApprovalsQuery } from '@slipway/backstage-plugin-delivery-common';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** One page of what people are asked about. */
export function useApprovals(
  filter: ListApprovalsQuery,
  options: { pollMs: number } = { pollMs: 20_000 },
) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['approvals', JSON.stringify(filter)],
    read: () => api.listApprovals(filter),
    // Any change may make something wait for the person, or no longer.
    concerns: () => true,
    pollMs: options.pollMs,
  });
}
