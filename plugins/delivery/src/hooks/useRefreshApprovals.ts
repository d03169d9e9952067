import { useSWRConfig } from 'swr';

const kinds = new Set([
  'approval',
  'approvals',
  'promotion',
  'promotions',
  'rollout',
  'rollouts',
]);

/** Reads again whatever shows approvals, their rollouts or promotions. */
export function useRefreshApprovals(): () => void {
  const { mutate } = useSWRConfig();
  return () => {
    mutate(
      key => Array.isArray(key) && key[0] === 'delivery' && kinds.has(key[1]),
    );
  };
}
