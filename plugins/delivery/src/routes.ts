import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** What runs where. */
export const rootRouteRef = createRouteRef();

/** All rollouts. */
export const rolloutsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/rollouts',
});

/** One rollout, live. */
export const rolloutRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/rollouts/:id',
});

/** All promotions. */
export const promotionsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/promotions',
});

/** One promotion, live. */
export const promotionRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/promotions/:id',
});

/** What people are asked about. */
export const approvalsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/approvals',
});

/** The pipelines in force. */
export const pipelinesRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/pipelines',
});

/** When changes are allowed or frozen. */
export const calendarRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/calendar',
});

/** The "Deployments" tab of a component. */
export const entityContentRouteRef = createRouteRef();

/** Where empty pages send people who have no software yet. */
export const createComponentRouteRef = createExternalRouteRef({
  defaultTarget: 'scaffolder.root',
});

/** Where empty pages send people whose software is in the catalog already. */
export const catalogRouteRef = createExternalRouteRef({
  defaultTarget: 'catalog.catalogIndex',
});
