import { createRouteRef } from '@backstage/frontend-plugin-api';

/** All that has replicas. */
export const rootRouteRef = createRouteRef();

/** The "Scaling" tab of a component. */
export const entityContentRouteRef = createRouteRef();
