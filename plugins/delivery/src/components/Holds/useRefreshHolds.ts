import { useSWRConfig } from 'swr';

/** What depends on whether automatic promotion is held. */
const kinds = new Set(['holds', 'promotion', 'promotions']);

/** Reads again whatever shows holds, or what they hold up. */
export function useRefreshHolds(): () => void {
  const { mutate } = useSWRConfig();
  return () => {
    mutate(
      key => Array.isArray(key) && key[0] === 'delivery' && kinds.has(key[1]),
    );
  };
}
