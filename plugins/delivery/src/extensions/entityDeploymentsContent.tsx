import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { entityContentRouteRef } from '../routes';

/** `entity-content:delivery/deployments`: the "Deployments" tab of components. */
export const entityDeploymentsContent = EntityContentBlueprint.make({
  name: 'deployments',
  params: {
    path: '/deployments',
    title: 'Deployments',
    filter: { kind: 'component' },
    routeRef: entityContentRouteRef,
    loader: () =>
      import('../pages/EntityDeploymentsPage').then(m => (
        <m.EntityDeploymentsPage />
      )),
  },
});
