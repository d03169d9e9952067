import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  environments,
  heldRollout,
  onlyPage,
  rollout,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import { RolloutsPage } from './RolloutsPage';

describe('the list of rollouts', () => {
  it('reads its filters from the URL and pages by cursor', async () => {
    const listRollouts = jest.fn(async () => ({
      items: [rollout()],
      page: { totalItems: 26, nextCursor: 'more' },
    }));
    renderPage(
      <RolloutsPage />,
      { listRollouts, listEnvironments: async () => environments },
      { path: '/delivery/rollouts?active=true&component=component:default/x' },
    );
    expect(
      await screen.findByRole('link', {
        name: 'Rollout of checkout 2.0.0 to prod',
      }),
    ).toHaveAttribute('href', '/delivery/rollouts/rollout-1');
    expect(listRollouts).toHaveBeenLastCalledWith(
      expect.objectContaining({
        active: true,
        componentRef: 'component:default/x',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(listRollouts).toHaveBeenLastCalledWith(
      expect.objectContaining({ cursor: 'more', active: true }),
    );
    expect(screen.getByTestId('location')).toHaveTextContent('cursor=more');
    await userEvent.click(screen.getByRole('button', { name: /Started/ }));
    expect(listRollouts).toHaveBeenLastCalledWith(
      expect.not.objectContaining({ cursor: 'more' }),
    );
    expect(listRollouts).toHaveBeenLastCalledWith(
      expect.objectContaining({ sort: 'createdAt' }),
    );
  });

  it('shows only those that gates hold, when asked to', async () => {
    const listRollouts = jest.fn(async () => onlyPage([heldRollout()]));
    renderPage(
      <RolloutsPage />,
      { listRollouts, listEnvironments: async () => environments },
      { path: '/delivery/rollouts' },
    );
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Only held by gates' }),
    );
    expect(listRollouts).toHaveBeenLastCalledWith(
      expect.objectContaining({ waitingFor: 'gates' }),
    );
    expect(await screen.findByText('Held by gates')).toBeVisible();
    expect(screen.getByTestId('location')).toHaveTextContent('waiting=gates');
  });
});
