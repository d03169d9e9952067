import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, target } from '../../__testUtils__/renderPage';
import type { ScalingApi } from '../../api/scalingApi';
import { ScalingPage } from './ScalingPage';

function show(api: Partial<ScalingApi> = {}, path?: string) {
  const listTargets = jest.fn(async () => ({
    items: [
      target(),
      target({
        id: 'target-2',
        componentTitle: 'Ledger',
        currentReplicas: undefined,
        readyReplicas: undefined,
        desiredReplicas: undefined,
        load: undefined,
        problem: 'The cluster is gone',
      }),
    ],
    page: { totalItems: 70, nextCursor: 'more' },
  }));
  renderPage(
    <ScalingPage />,
    { listTargets, listSources: async () => [], ...api },
    path,
  );
  return { listTargets };
}

describe('the page of replicas', () => {
  it('shows each workload with what drives it, and what is unknown as unknown', async () => {
    show({
      listSources: async () => [
        {
          environmentRef: 'resource:default/production',
          environmentName: 'production',
          provider: 'Kubernetes',
          problem: 'The cluster is gone',
        },
      ],
    });
    expect(
      await screen.findByRole('row', { name: /Checkout/ }),
    ).toHaveTextContent(
      'CheckoutproductionDeployment/checkoutHPA by-cpu4 of 5 ready2 to 5150 %Needs attention',
    );
    expect(screen.getByRole('row', { name: /Ledger/ })).toHaveTextContent(
      'unknown2 to 5unknownNot seen since',
    );
    expect(
      await screen.findByText('production cannot be seen: The cluster is gone'),
    ).toBeVisible();
  });

  it('keeps filters, order and page in the URL', async () => {
    const { listTargets } = show({}, '/scaling?driver=hpa&sort=-load');
    await screen.findByRole('row', { name: /Checkout/ });
    expect(listTargets).toHaveBeenLastCalledWith({
      limit: 50,
      driver: 'hpa',
      sort: '-load',
    });
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() =>
      expect(listTargets).toHaveBeenLastCalledWith(
        expect.objectContaining({ cursor: 'more' }),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Replicas' }));
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Component or workload' }),
      'ledger',
    );
    await waitFor(() =>
      expect(listTargets).toHaveBeenLastCalledWith({
        limit: 50,
        driver: 'hpa',
        sort: 'replicas',
        search: 'ledger',
      }),
    );
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?driver=hpa&sort=replicas&search=ledger',
    );
  });

  it('says what to do when there is nothing, and what failed', async () => {
    const empty = async () => ({ items: [], page: { totalItems: 0 } });
    show({ listTargets: empty });
    expect(
      await screen.findByText('Nothing with replicas was found yet'),
    ).toBeVisible();
  });

  it('says what failed, with a way to try again', async () => {
    show({
      listTargets: async () => {
        throw new Error('no answer');
      },
    });
    expect(
      await screen.findByText('The replicas could not be read'),
    ).toBeVisible();
    expect(screen.getByText('no answer')).toBeVisible();
  });
});
