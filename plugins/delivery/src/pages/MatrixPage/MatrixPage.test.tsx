import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  deployment,
  environments,
  heldRollout,
  onlyPage,
  rollout,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import { MatrixPage } from './MatrixPage';

const full = {
  listEnvironments: async () => environments,
  listRollouts: async () => onlyPage([rollout()]),
  listDeployments: async () =>
    onlyPage([
      deployment('checkout', 'dev', '2.0.0'),
      deployment('checkout', 'prod', '1.0.0', {
        activeRolloutId: 'rollout-1',
        activeRolloutPhase: 'progressing',
      }),
      deployment('ads', 'dev', '1.0.0', {
        allowedActions: {
          deploy: { allowed: false, reason: 'Only ads may.' },
        },
        release: undefined,
      }),
    ]),
};

describe('the page of what runs where', () => {
  it('shows versions as links to their rollouts, health in words, drift and progress', async () => {
    renderPage(<MatrixPage />, full);
    const table = await screen.findByRole('table', { name: 'Deployments' });
    const checkout = within(table).getByRole('row', { name: /checkout/ });
    expect(
      within(checkout).getByRole('link', { name: '2.0.0' }),
    ).toHaveAttribute('href', '/delivery/rollouts/rollout-checkout');
    expect(within(checkout).getAllByText('Healthy')).toHaveLength(2);
    expect(checkout).toHaveTextContent('differs from dev: 2.0.0');
    expect(await within(checkout).findByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '20',
    );
    expect(
      within(checkout).getByRole('link', {
        name: 'Rollout of checkout to prod',
      }),
    ).toHaveAttribute('href', '/delivery/rollouts/rollout-1');
    expect(
      screen.getByRole('list', { name: 'Rollouts going on' }),
    ).toHaveTextContent('checkout 2.0.0 to prod');
  });

  it('keeps showing what runs while a rollout is held, which takes no place', async () => {
    renderPage(<MatrixPage />, {
      ...full,
      listRollouts: async () => onlyPage([heldRollout()]),
      listDeployments: async () =>
        onlyPage([
          deployment('checkout', 'prod', '1.0.0', {
            activeRolloutId: 'rollout-1',
            activeRolloutPhase: 'held',
          }),
          deployment('checkout', 'staging', '1.0.0', {
            release: undefined,
            activeRolloutId: 'rollout-2',
            activeRolloutPhase: 'held',
          }),
        ]),
    });
    const table = await screen.findByRole('table', { name: 'Deployments' });
    const checkout = within(table).getByRole('row', { name: /checkout/ });
    expect(
      within(checkout).getByRole('link', { name: '1.0.0' }),
    ).toHaveAttribute('href', '/delivery/rollouts/rollout-checkout');
    expect(within(checkout).getAllByText('Held by gates')).toHaveLength(2);
    expect(within(checkout).queryByRole('progressbar')).not.toBeInTheDocument();
    expect(
      within(checkout).getByRole('button', {
        name: 'Roll out checkout to staging',
      }),
    ).toBeEnabled();
    const list = screen.getByRole('list', { name: 'Rollouts going on' });
    expect(list).toHaveTextContent('Has not begun; waits for its gates');
    expect(within(list).queryByRole('progressbar')).not.toBeInTheDocument();
  });

  it('disables what a person may not do, and says why', async () => {
    renderPage(<MatrixPage />, full);
    const button = await screen.findByRole('button', {
      name: 'Roll out ads to dev',
    });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription('Only ads may.');
    expect(
      screen.getByRole('button', { name: 'Roll out checkout to staging' }),
    ).toBeEnabled();
  });

  it('keeps its filters in the URL, and reads them from there', async () => {
    renderPage(<MatrixPage />, full, { path: '/delivery?drift=true' });
    await screen.findByRole('table', { name: 'Deployments' });
    expect(screen.queryByRole('row', { name: /ads/ })).not.toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Only with drift' }),
    );
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Component' }),
      'ads',
    );
    expect(screen.getByTestId('location')).toHaveTextContent('/delivery?q=ads');
    expect(
      screen.queryByRole('row', { name: /checkout/ }),
    ).not.toBeInTheDocument();
  });

  it('offers to take the filters away when nothing matches', async () => {
    renderPage(<MatrixPage />, full, { path: '/delivery?q=nothing-like-it' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByRole('row', { name: /checkout/ })).toBeVisible();
    expect(screen.getByTestId('location')).toHaveTextContent(/^\/delivery$/);
  });

  it('says what to do next while nothing is deployed', async () => {
    renderPage(<MatrixPage />, {
      ...full,
      listRollouts: async () => onlyPage([]),
      listDeployments: async () => onlyPage([]),
    });
    expect(
      await screen.findByRole('link', { name: 'Create a component' }),
    ).toHaveAttribute('href', '/create');
    expect(
      screen.getByRole('link', { name: 'Open the catalog' }),
    ).toHaveAttribute('href', '/catalog');
  });

  it('says what failed, and reads again on request', async () => {
    let fails = true;
    renderPage(<MatrixPage />, {
      ...full,
      listDeployments: async () => {
        if (fails) throw new Error('The database is away.');
        return full.listDeployments();
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away.');
    fails = false;
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    await waitFor(() =>
      expect(screen.getByRole('row', { name: /checkout/ })).toBeVisible(),
    );
  });
});
