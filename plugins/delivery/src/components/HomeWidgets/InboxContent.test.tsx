import { screen } from '@testing-library/react';
import { approval, onlyPage, rollout } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import { InboxContent } from './InboxContent';

describe('the inbox', () => {
  it('shows what waits for this person, with what it needs', async () => {
    const listRollouts = jest.fn(async () =>
      onlyPage([
        rollout({ waitingFor: 'person', waitReason: 'promotion' }),
        rollout({
          id: 'rollout-2',
          componentTitle: 'ads',
          waitingFor: 'person',
          allowedActions: { promote: { allowed: false, reason: 'Not yours.' } },
        }),
      ]),
    );
    renderPage(<InboxContent />, {
      listRollouts,
      listApprovals: async () => onlyPage([]),
    });
    const list = await screen.findByRole('list', {
      name: 'Rollouts that wait for you',
    });
    expect(list).toHaveTextContent('checkout 2.0.0 to prod');
    expect(list).toHaveTextContent('Ready; waits for someone to promote it');
    expect(list).not.toHaveTextContent('ads');
    expect(listRollouts).toHaveBeenCalledWith(
      expect.objectContaining({ waitingFor: 'person' }),
    );
  });

  it('shows the approvals that wait for this person, each with its address', async () => {
    const listApprovals = jest.fn(async () => ({
      items: [approval()],
      page: { totalItems: 12 },
    }));
    renderPage(<InboxContent />, {
      listRollouts: async () => onlyPage([]),
      listApprovals,
    });
    expect(
      await screen.findByRole('link', {
        name: 'checkout 1.0.0 → 2.0.0 to prod',
      }),
    ).toHaveAttribute('href', '/delivery/approvals?id=rollout-1');
    expect(screen.getByRole('link', { name: 'Show all 12' })).toHaveAttribute(
      'href',
      '/delivery/approvals',
    );
    expect(listApprovals).toHaveBeenCalledWith({
      view: 'waitingForMe',
      limit: 10,
    });
    expect(screen.queryByText('Nothing waits for you')).not.toBeInTheDocument();
  });

  it('says so when nothing waits', async () => {
    renderPage(<InboxContent />, {
      listRollouts: async () => onlyPage([]),
      listApprovals: async () => onlyPage([]),
    });
    expect(await screen.findByText('Nothing waits for you')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'What runs where' }),
    ).toHaveAttribute('href', '/delivery');
  });
});
