import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** The pipelines in force, and the documents that were not taken. */
export function usePipelines() {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['pipelines'],
    read: () => api.listPipelines(),
    pollMs: 60_000,
  });
}
