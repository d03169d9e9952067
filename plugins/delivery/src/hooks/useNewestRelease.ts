import { useId } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryApiRef } from '../api/deliveryApi';
import { useLiveQuery } from './useLiveQuery';

/** A component's newest release as of now, where it has one. */
export function useNewestRelease(componentRef: string) {
  const api = useApi(deliveryApiRef);
  // What an earlier dialog read may be out of date.
  const reader = useId();
  return useLiveQuery({
    key: ['newestRelease', componentRef, reader],
    read: async () => {
      const { items } = await api.listReleases({ componentRef, limit: 1 });
      return { release: items.at(0) };
    },
    pollMs: 0,
  });
}
