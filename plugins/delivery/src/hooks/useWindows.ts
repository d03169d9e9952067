import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** When changes are allowed or frozen between two instants, in ISO 8601. */
export function useWindows(
  range: { from: string; to: string },
  options: { keepPrevious?: boolean } = {},
) {
  const api = useApi(deliveryApiRef);
  return useLiveQuery({
    key: ['windows', range.from, range.to],
    read: () => api.listWindowOccurrences(range),
    pollMs: 60_000,
    keepPrevious: options.keepPrevious,
  });
}
