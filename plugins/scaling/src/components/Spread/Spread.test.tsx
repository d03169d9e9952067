import { screen, within } from '@testing-library/react';
import type { Spread } from '@slipway/backstage-plugin-scaling-common';
import { renderPage } from '../../__testUtils__/renderPage';
import { SpreadPanel } from './SpreadPanel';

const window = {
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-01T01:00:00.000Z',
};
const part = (name: string, more: object = {}) => ({
  name,
  replicas: 1,
  requestsPerSecond: 2,
  share: 0.04,
  errorRatio: 0,
  ...more,
});

function show(spread: Partial<Spread>) {
  renderPage(<SpreadPanel targetId="target-1" />, {
    getSpread: async () => ({ ...window, replicas: [], zones: [], ...spread }),
  });
}

describe('how requests spread', () => {
  it('shows zones and replicas, and marks what is uneven', async () => {
    show({
      zones: [
        part('west-1a', { replicas: 2, share: 0.9 }),
        part('west-1b', {
          share: 0.1,
          uneven: 'it gets 70 % less than its fair share',
        }),
      ],
      replicas: [
        part('web-1', { zone: 'west-1a', errorRatio: 0.125 }),
        part('web-2', { zone: 'west-1b', errorRatio: undefined }),
      ],
    });
    const zones = await screen.findByRole('table', { name: 'Zones' });
    const uneven = within(zones).getByRole('row', { name: /west-1b/ });
    expect(within(uneven).getByText('Uneven')).toBeVisible();
    expect(uneven).toHaveTextContent('It gets 70 % less than its fair share.');
    const replicas = screen.getByRole('table', { name: 'Replicas' });
    expect(
      within(replicas).getByRole('row', { name: /web-1/ }),
    ).toHaveTextContent('12.5 %');
    expect(within(replicas).queryByText('Uneven')).not.toBeInTheDocument();
  });

  it('tells not more than twenty one by one, but all that are uneven', async () => {
    show({
      replicas: Array.from({ length: 30 }, (_, index) =>
        part(`web-${index}`, index === 29 ? { uneven: 'it gets less' } : {}),
      ),
    });
    const table = await screen.findByRole('table', { name: 'Replicas' });
    expect(within(table).getAllByRole('row')).toHaveLength(1 + 21);
    expect(within(table).getByRole('row', { name: /web-29/ })).toBeVisible();
    expect(screen.getByText('and 9 more, which are even')).toBeVisible();
  });

  it('says why it is not known', async () => {
    show({ refused: 'Nothing records what replicas answer' });
    expect(
      await screen.findByText('Nothing records what replicas answer.'),
    ).toBeVisible();
  });
});
