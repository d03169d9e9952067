import { screen, within } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderPage, target } from '../../__testUtils__/renderPage';
import { EntityScalingPage } from './EntityScalingPage';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace: 'default' },
};

function show(items: Array<ReturnType<typeof target>>) {
  const listTargets = jest.fn(async () => ({
    items,
    page: { totalItems: items.length },
  }));
  renderPage(
    <EntityProvider entity={entity}>
      <EntityScalingPage />
    </EntityProvider>,
    {
      listTargets,
      listBottlenecks: async () => ({ items: [] }),
      listChanges: async () => ({ items: [], page: { totalItems: 0 } }),
      getOptions: async () => ({
        bounds: { min: 1, max: 100 },
        untilRequired: true,
        longestDays: 30,
        allowedActions: { scale: { allowed: true } },
      }),
      getRightSizing: async () => ({
        from: '2026-01-01T00:00:00.000Z',
        to: '2026-01-08T00:00:00.000Z',
        refused: 'Nothing records what replicas use',
        containers: [],
        notes: [],
      }),
      getSpread: async () => ({
        from: '2026-01-01T00:00:00.000Z',
        to: '2026-01-01T01:00:00.000Z',
        refused: 'Nothing records what replicas answer',
        replicas: [],
        zones: [],
      }),
      getForecast: async () => ({
        refused: 'A forecast needs two weeks',
        history: [],
        points: [],
      }),
      getHistory: async () => ({ stepSeconds: 60, samples: [] }),
      listEvents: async () => [
        {
          id: 'e1',
          at: '2026-01-01T00:00:00.000Z',
          severity: 'info',
          reason: 'SuccessfulRescale',
          message: 'New size: 5',
          count: 3,
        },
      ],
    },
  );
  return listTargets;
}

describe('the tab of a component', () => {
  it('says of each workload why it does not scale, with limits, metrics and events', async () => {
    const listTargets = show([
      target({
        recommendations: [{ container: 'app', target: { cpu: '25m' } }],
      }),
    ]);
    const panel = within(
      await screen.findByRole('region', {
        name: 'production · Deployment/checkout',
      }),
    );
    expect(listTargets).toHaveBeenCalledWith({
      componentRef: 'component:default/checkout',
      limit: 200,
    });
    expect(
      panel.getByText('The load asks for more replicas than the limit of 5.'),
    ).toBeVisible();
    expect(panel.getByText('cpu: 120 %, kept at 80 %')).toBeVisible();
    expect(panel.getByText('app: cpu 25m')).toBeVisible();
    expect(
      await panel.findByText(/SuccessfulRescale: New size: 5 \(3 times\)/),
    ).toBeVisible();
    expect(
      await panel.findByText('Nothing was recorded in this time'),
    ).toBeVisible();
    expect(await panel.findByText('A forecast needs two weeks')).toBeVisible();
  });

  it('says how its Deployments are found where none is', async () => {
    show([]);
    expect(
      await screen.findByText(/found by the label backstage.io\/kubernetes-id/),
    ).toBeVisible();
  });
});
