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
