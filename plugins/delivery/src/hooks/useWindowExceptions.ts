import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** Exceptions to windows that are asked for, or in force now or later: of one component or of all. */
export function useWindowExceptions(componentRef?: string) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['windowExceptions', componentRef],
    read: () => api.listWindowExceptions(componentRef ? { componentRef } : {}),
    concerns: signal => !componentRef || signal.componentRef === componentRef,
    pollMs: 15_000,
  });
}
