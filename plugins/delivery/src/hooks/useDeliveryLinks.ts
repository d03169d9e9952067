import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  approvalsRouteRef,
  calendarRouteRef,
  pipelinesRouteRef,
  promotionRouteRef,
  promotionsRouteRef,
  rolloutRouteRef,
  rolloutsRouteRef,
  rootRouteRef,
} from '../routes';

/** Paths of the plugin's pages; undefined where a portal has switched the page off. */
export function useDeliveryLinks() {
  const root = useRouteRef(rootRouteRef);
  const rollouts = useRouteRef(rolloutsRouteRef);
  const rollout = useRouteRef(rolloutRouteRef);
  const promotions = useRouteRef(promotionsRouteRef);
  const promotion = useRouteRef(promotionRouteRef);
  const approvals = useRouteRef(approvalsRouteRef);
  const pipelines = useRouteRef(pipelinesRouteRef);
  const calendar = useRouteRef(calendarRouteRef);
  return {
    root: root?.(),
    rollouts: rollouts?.(),
    rollout: (id: string) => rollout?.({ id }),
    promotions: promotions?.(),
    promotion: (id: string) => promotion?.({ id }),
    approvals: approvals?.(),
    approval: (id: string) =>
      approvals && `${approvals()}?id=${encodeURIComponent(id)}`,
    pipelines: pipelines?.(),
    calendar: calendar?.(),
  };
}
