import { useSWRConfig } from 'swr';

const kinds = new Set(['approval', 'approvals', 'rollout', 'rollouts']);

/** Reads again whatever shows approvals or their rollouts. */
export function useRefreshApprovals(): () => void {
  const { mutate } = useSWRConfig();
  return () => {
    mutate(
      key => Array.isArray(key) && key[0] === 'delivery' && kinds.has(key[1]),
    );
  };
}
