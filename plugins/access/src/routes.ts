import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Who may do what, and why. */
export const rootRouteRef = createRouteRef();
