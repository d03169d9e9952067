import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** All that has replicas. */
export const rootRouteRef = createRouteRef();

/** The "Scaling" tab of a component. */
export const entityContentRouteRef = createRouteRef();

/** Delivery's page of one rollout. */
export const rolloutRouteRef = createExternalRouteRef({
  params: ['id'],
  defaultTarget: 'delivery.rollout',
});
