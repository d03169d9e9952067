import useSWR, { type KeyedMutator } from 'swr';
import type { DeliverySignal } from '@slipway/backstage-plugin-delivery-common';
import { useDeliverySignal } from './useDeliverySignal';

/** Milliseconds; signals bring news at once, so polling is only for when they do not arrive. */
const SLOWEST_ALLOWED_POLL = 10_000;

export interface LiveQuery<T> {
  /** What was read last; kept when a later read fails. */
  data?: T;
  error?: unknown;
  /** True only until there is something to show. */
  loading: boolean;
  retry: () => void;
  mutate: KeyedMutator<T>;
}

export interface LiveQueryOptions<T> {
  /** Null: not yet. */
  key: readonly unknown[] | null;
  read: () => Promise<T>;
  /** Whether a change concerns what is shown. Left out: signals are ignored. */
  concerns?: (signal: DeliverySignal) => boolean;
  /** Milliseconds; 0: never. May depend on what was read last. */
  pollMs?: number | ((latest: T | undefined) => number);
  /** Shows what was there while another page of the same list is read. */
  keepPrevious?: boolean;
}

/** Reads, and reads again when a signal says so. */
export function useLiveQuery<T>(options: LiveQueryOptions<T>): LiveQuery<T> {
  const { key, read, concerns, pollMs = 30_000, keepPrevious } = options;
  const { data, error, mutate, isLoading } = useSWR<T>(
    key ? ['delivery', ...key] : null,
    read,
    {
      keepPreviousData: keepPrevious,
      refreshInterval: latest => {
        const ms = typeof pollMs === 'number' ? pollMs : pollMs(latest);
        return ms === 0 ? 0 : Math.max(ms, SLOWEST_ALLOWED_POLL);
      },
      // The API says what is wrong and the page has a retry button; a page in the background need not insist.
      errorRetryCount: 3,
    },
  );
  useDeliverySignal(signals => {
    if (key && concerns && signals.some(concerns)) mutate();
  });
  return {
    data,
    error,
    loading: data === undefined && (isLoading || key === null),
    retry: () => {
      mutate();
    },
    mutate,
  };
}
