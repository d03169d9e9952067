import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

/** `entity-card:delivery/deployments`: what runs where, on the overview page of components. */
export const entityDeploymentsCard = EntityCardBlueprint.make({
  name: 'deployments',
  params: {
    filter: { kind: 'component' },
    loader: () =>
      import('../components/EntityDeploymentsCard').then(m => (
        <m.EntityDeploymentsCard />
      )),
  },
});
