import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { RightSizing } from '@slipway/backstage-plugin-scaling-common';
import { renderPage, target } from '../../__testUtils__/renderPage';
import { RightSizingPanel } from './RightSizingPanel';

const MiB = 2 ** 20;
const found: RightSizing = {
  source: 'Prometheus',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-08T00:00:00.000Z',
  stepSeconds: 300,
  replicas: 2,
  containers: [
    {
      container: 'app',
      resources: [
        {
          resource: 'cpu',
          request: 1,
          samples: 4032,
          replicas: 3,
          coverage: 1,
          percentile: 95,
          observed: 0.4,
          highest: 0.7,
          byDay: { lowest: 0.35, highest: 0.42 },
          headroom: 0.15,
          recommended: 0.46,
          verdict: 'lower',
          confidence: 'high',
          reasons: ['7 days were seen'],
        },
        {
          resource: 'memory',
          limit: 1024 * MiB,
          samples: 4032,
          replicas: 3,
          coverage: 1,
          percentile: 100,
          observed: 500 * MiB,
          highest: 500 * MiB,
          headroom: 0.15,
          recommended: 576 * MiB,
          verdict: 'set',
          confidence: 'medium',
          reasons: [],
        },
      ],
    },
  ],
  saving: {
    currency: 'EUR',
    perMonth: 31.5,
    hoursPerMonth: 730,
    replicas: 2,
  },
  notes: ['The autoscaler goes by CPU'],
};

describe('right-sizing', () => {
  it('shows what to request, how that is reckoned, and what it saves', async () => {
    renderPage(<RightSizingPanel target={target()} />, {
      getRightSizing: async () => found,
    });
    expect(
      await screen.findByText(
        'Saves 31.50 EUR a month, with 2 replicas for 730 hours.',
      ),
    ).toBeVisible();
    const cpu = screen.getByRole('row', { name: /app: CPU/ });
    expect(within(cpu).getByText('1 CPU')).toBeVisible();
    expect(within(cpu).getByText('Lower to 0.46 CPU')).toBeVisible();
    expect(within(cpu).getByText('High confidence')).toBeVisible();
    const table = screen.getByRole('table', { name: 'Right-sizing' });
    expect(table).toHaveTextContent(
      '95 % of 4,032 samples of 3 replicas are at 0.4 CPU or less; with 15 % headroom, rounded up, 0.46 CPU. The highest is 0.7 CPU. Day by day between 0.35 CPU and 0.42 CPU.',
    );
    expect(table).toHaveTextContent('7 days were seen.');
    const memory = screen.getByRole('row', { name: /app: memory/ });
    expect(within(memory).getByText('Set 576 MiB')).toBeVisible();
    expect(within(memory).getByText('Limit 1 GiB')).toBeVisible();
    expect(screen.getByText('The autoscaler goes by CPU.')).toBeVisible();
  });

  it('asks for another time, which stands in the address', async () => {
    const getRightSizing = jest.fn(async () => ({
      ...found,
      saving: undefined,
      noSaving: 'No prices are configured',
    }));
    renderPage(<RightSizingPanel target={target()} />, { getRightSizing });
    expect(
      await screen.findByText(/saving is unknown: No prices are configured\./),
    ).toBeVisible();
    await userEvent.click(screen.getByLabelText('Usage of the last'));
    await userEvent.click(screen.getByRole('option', { name: '30 days' }));
    expect(getRightSizing).toHaveBeenLastCalledWith('target-1', { days: 30 });
    expect(screen.getByTestId('location')).toHaveTextContent('usageDays=30');
  });

  it('rolls out what delivery runs with these requests, and leads to the rollout', async () => {
    const rightSize = jest.fn(async () => ({
      releaseId: 'release-1',
      version: '1.0.0+sized.460m.576Mi',
      rolloutId: 'rollout-1',
    }));
    renderPage(
      <RightSizingPanel
        target={target({
          delivered: true,
          containers: [
            { name: 'app', requests: {}, limits: {}, ofRelease: true },
          ],
        })}
      />,
      { getRightSizing: async () => found, rightSize },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll these requests out…' }),
    );
    const dialog = screen.getByRole('dialog', {
      name: 'Other requests for Checkout in production',
    });
    expect(dialog).toHaveTextContent('CPU: 1 CPU becomes 0.46 CPU.');
    expect(dialog).toHaveTextContent('Nothing becomes 576 MiB.');
    const submit = within(dialog).getByRole('button', { name: 'Roll out' });
    expect(submit).toBeDisabled();
    await userEvent.type(
      within(dialog).getByLabelText(/Reason/),
      'It asks for too much',
    );
    await userEvent.click(submit);
    expect(rightSize).toHaveBeenCalledWith(
      'target-1',
      {
        days: 7,
        reason: 'It asks for too much',
        cpuCores: 0.46,
        memoryBytes: 576 * MiB,
      },
      { idempotencyKey: expect.any(String) },
    );
    expect(screen.getByTestId('location')).toHaveTextContent(
      /^\/delivery\/rollouts\/rollout-1$/,
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('offers no rollout of what delivery does not run', async () => {
    renderPage(<RightSizingPanel target={target()} />, {
      getRightSizing: async () => found,
    });
    await screen.findByRole('table', { name: 'Right-sizing' });
    expect(
      screen.queryByRole('button', { name: /Roll these/ }),
    ).not.toBeInTheDocument();
  });

  it('says why there is none, and what failed', async () => {
    renderPage(<RightSizingPanel target={target()} />, {
      getRightSizing: async () => ({
        ...found,
        containers: [],
        refused: 'Less than a day of usage was recorded',
      }),
    });
    expect(
      await screen.findByText('Less than a day of usage was recorded.'),
    ).toBeVisible();
  });
});
