import { useApi } from '@backstage/frontend-plugin-api';
import useSWR from 'swr';
import { scalingApiRef, type ScalingApi } from '../api/scalingApi';

/** Milliseconds: what most pages show is looked at twice a minute. */
const POLL_MS = 15_000;

/** Reads, and reads again as often as there can be something new. */
export function useScalingQuery<Data>(
  key: readonly unknown[],
  read: (api: ScalingApi) => Promise<Data>,
  refreshMs = POLL_MS,
) {
  const api = useApi(scalingApiRef);
  const { data, error, mutate } = useSWR(['scaling', ...key], () => read(api), {
    keepPreviousData: true,
    refreshInterval: refreshMs,
    errorRetryCount: 3,
  });
  return {
    data,
    error,
    retry: () => {
      mutate();
    },
  };
}
