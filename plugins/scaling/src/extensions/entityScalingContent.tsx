import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { entityContentRouteRef } from '../routes';

/** `entity-content:scaling/scaling`: the "Scaling" tab of components. */
export const entityScalingContent = EntityContentBlueprint.make({
  name: 'scaling',
  params: {
    path: '/scaling',
    title: 'Scaling',
    filter: { kind: 'component' },
    routeRef: entityContentRouteRef,
    loader: () =>
      import('../pages/EntityScalingPage').then(m => <m.EntityScalingPage />),
  },
});
