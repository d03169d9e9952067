import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { deliveryApiRef } from './api/deliveryApi';
import { DeliveryPage } from './legacy';
import { deployment, environments, onlyPage } from './__testUtils__/fixtures';
import { fakeApi } from './__testUtils__/renderPage';

describe('the legacy export', () => {
  it('shows the same page in an app on the old frontend system, with its own header', async () => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [
            deliveryApiRef,
            fakeApi({
              listEnvironments: async () => environments,
              listRollouts: async () => onlyPage([]),
              listDeployments: async () =>
                onlyPage([deployment('checkout', 'dev', '2.0.0')]),
            }),
          ],
        ]}
      >
        <Routes>
          <Route path="/delivery/*" element={<DeliveryPage />} />
        </Routes>
      </TestApiProvider>,
      {
        routeEntries: ['/delivery'],
        mountedRoutes: {
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );
    expect(
      await screen.findByRole('heading', { level: 1, name: 'What runs where' }),
    ).toBeVisible();
    expect(await screen.findByRole('row', { name: /checkout/ })).toBeVisible();
  });
});
