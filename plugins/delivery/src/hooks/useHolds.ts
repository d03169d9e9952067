import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** Where automatic promotion is held, of one component or of all. */
export function useHolds(filter: { componentRef?: string } = {}) {
  const api = useApi(deliveryApiRef);
  const { componentRef } = filter;
  return useLiveQuery({
    key: ['holds', componentRef],
    read: () => api.listHolds(filter),
    concerns: signal => !componentRef || signal.componentRef === componentRef,
    pollMs: 30_000,
  });
}
