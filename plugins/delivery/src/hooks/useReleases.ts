import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** One page of a component's releases, newest first. */
export function useReleases(
  componentRef: string | undefined,
  page: { cursor?: string; limit: number } = { limit: 50 },
) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: componentRef
      ? ['releases', componentRef, page.cursor, page.limit]
      : null,
    read: () => api.listReleases({ componentRef, ...page }),
    concerns: signal => signal.componentRef === componentRef,
    pollMs: 60_000,
    keepPrevious: true,
  });
}
