import { screen } from '@testing-library/react';
import { onlyPage, rollout } from '../../__testUtils__/fixtures';
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
    renderPage(<InboxContent />, { listRollouts });
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

  it('says so when nothing waits', async () => {
    renderPage(<InboxContent />, { listRollouts: async () => onlyPage([]) });
    expect(await screen.findByText('Nothing waits for you')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'What runs where' }),
    ).toHaveAttribute('href', '/delivery');
  });
});
