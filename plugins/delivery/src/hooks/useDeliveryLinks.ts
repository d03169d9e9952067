import { useRouteRef } from '@backstage/frontend-plugin-api';
import { rolloutRouteRef, rolloutsRouteRef, rootRouteRef } from '../routes';

/** Paths of the plugin's pages; undefined where a portal has switched the page off. */
export function useDeliveryLinks() {
  const root = useRouteRef(rootRouteRef);
  const rollouts = useRouteRef(rolloutsRouteRef);
  const rollout = useRouteRef(rolloutRouteRef);
  return {
    root: root?.(),
    rollouts: rollouts?.(),
    rollout: (id: string) => rollout?.({ id }),
  };
}
