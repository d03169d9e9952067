import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  Forecast,
  WhatIf,
} from '@slipway/backstage-plugin-scaling-common';
import { renderPage, target } from '../../__testUtils__/renderPage';
import type { ScalingApi } from '../../api/scalingApi';
import { Planning } from './Planning';

const day = 86_400_000;
const forecast: Forecast = {
  confidence: 0.9,
  trendPerWeek: 1.25,
  maxReplicas: 5,
  mayReachMaxAt: new Date(Date.now() + 3.5 * day).toISOString(),
  reachesMaxAt: new Date(Date.now() + 6.5 * day).toISOString(),
  history: [{ at: '2026-01-01T00:00:00.000Z', demand: 2 }],
  points: [
    { at: '2026-01-01T01:00:00.000Z', demand: 2, low: 1, high: 3 },
    { at: '2026-01-01T02:00:00.000Z', demand: 6, low: 5, high: 7 },
  ],
};
const result: WhatIf = {
  stepSeconds: 60,
  startupSeconds: 30,
  startupAssumed: true,
  recorded: {
    replicaHours: 96,
    peakReplicas: 4,
    secondsOver: 5400,
    seconds: 86_400,
    cost: 2.88,
  },
  simulated: {
    replicaHours: 60.5,
    peakReplicas: 8,
    secondsOver: 45,
    seconds: 86_400,
    cost: 1.8,
  },
  price: { currency: 'EUR', perReplicaHour: 0.03 },
  series: [
    {
      at: '2026-01-01T00:00:00.000Z',
      demand: 3,
      recordedReplicas: 4,
      simulatedReplicas: 3,
    },
  ],
  changes: [
    {
      at: '2026-01-01T00:00:00.000Z',
      from: 4,
      to: 3,
      reason: 'cpu is at 50 % where 70 % is wanted: 3 instead of 4',
    },
  ],
  totalChanges: 14,
};

function show(api: Partial<ScalingApi>, path?: string) {
  renderPage(
    <Planning target={target()} />,
    {
      getForecast: async () => forecast,
      listBottlenecks: async () => ({ items: [] }),
      ...api,
    },
    path,
  );
}

describe('the forecast of a workload', () => {
  it('says the trend, and when the limit is reached', async () => {
    show({});
    expect(
      await screen.findByText(
        /Load asks for 1.3 replicas more each week, in the mean\. The limit of 5 will be reached/,
      ),
    ).toHaveTextContent('in 6 days, at the earliest in 3 days.');
    expect(
      await screen.findByRole('img', {
        name: 'Expected are at most 6 replicas, and at the worst 7',
      }),
    ).toBeVisible();
  });

  it('says that a limit will do', async () => {
    show({
      getForecast: async () => ({
        ...forecast,
        trendPerWeek: 0.01,
        mayReachMaxAt: undefined,
        reachesMaxAt: undefined,
      }),
    });
    expect(
      await screen.findByText(
        'Load stays as it is from week to week. The limit of 5 will do for the time shown.',
      ),
    ).toBeVisible();
  });

  it('says what it lacks', async () => {
    show({
      getForecast: async () => ({
        refused: 'A forecast needs at least two weeks',
        history: [],
        points: [],
      }),
    });
    expect(
      await screen.findByText('A forecast needs at least two weeks'),
    ).toBeVisible();
  });

  it('says what failed', async () => {
    show({
      getForecast: async () => {
        throw new Error('no answer');
      },
    });
    expect(
      await screen.findByText('The forecast could not be read'),
    ).toBeVisible();
  });
});

describe('bottlenecks', () => {
  it('are told with their evidence and what to do', async () => {
    show({
      listBottlenecks: async () => ({
        items: [
          {
            kind: 'atMaximum',
            evidence: 'For 10 minutes load was over its target',
            action: 'Raise the maximum',
          },
        ],
      }),
    });
    expect(
      await screen.findByText(/For 10 minutes load was over its target\./),
    ).toBeVisible();
    expect(screen.getByText('Raise the maximum.')).toBeVisible();
  });

  it('say what was not looked at', async () => {
    show({
      listBottlenecks: async () => ({
        items: [],
        notLookedAt: 'Prometheus does not answer',
      }),
    });
    expect(
      await screen.findByText(
        /Throttling.*were not looked at: Prometheus does not answer\./,
      ),
    ).toBeVisible();
  });

  it('are said to be none', async () => {
    show({});
    expect(
      await screen.findByText('None was found in the last 12 hours.'),
    ).toBeVisible();
  });

  it('say what failed', async () => {
    show({
      listBottlenecks: async () => {
        throw new Error('no answer');
      },
    });
    expect(
      await screen.findByText('The bottlenecks could not be read'),
    ).toBeVisible();
  });
});

describe('another policy', () => {
  it('is tried on the recorded load, and stands beside what was', async () => {
    const whatIf = jest.fn(async () => result);
    show({ whatIf });
    await userEvent.click(screen.getByRole('button', { name: 'What if…' }));
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?whatIf=target-1',
    );
    const dialog = within(screen.getByRole('dialog'));
    const field = dialog.getByRole('textbox', { name: 'Policy' });
    expect(field).toHaveDisplayValue(/production: \{ min: 2, max: 5 \}/);
    await userEvent.clear(field);
    await userEvent.type(field, 'kind: ScalingPolicy');
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Start-up time/ }),
      '45',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Try it' }));
    const row = async (name: RegExp) =>
      (await dialog.findByRole('row', { name })).textContent;
    expect(await row(/Replica-hours/)).toBe('Replica-hours9660.5−35.5');
    expect(await row(/Most/)).toBe('Most replicas48+4');
    expect(await row(/Time over/)).toBe(
      'Time over the target90 min45 s−89 min',
    );
    expect(await row(/Cost/)).toBe('Cost2.88 EUR1.80 EUR−1.08 EUR');
    expect(whatIf).toHaveBeenCalledWith('target-1', {
      policy: 'kind: ScalingPolicy',
      hours: 24,
      startupSeconds: 45,
    });
    expect(
      dialog.getByText(/4 to 3\. cpu is at 50 % where 70 % is wanted/),
    ).toBeVisible();
    expect(dialog.getByText('and 4 more')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    expect(screen.getByTestId('location')).toHaveTextContent(/^\/scaling$/);
  });

  it('is refused by field, and tried again', async () => {
    show(
      {
        whatIf: async () => {
          throw Object.assign(new Error('Refused'), {
            body: {
              detail: 'Refused',
              errors: [
                {
                  pointer: '/policy/spec/metrics/0',
                  detail: 'nothing was recorded of queueLength',
                },
              ],
            },
          });
        },
      },
      '/scaling?whatIf=target-1',
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Try it' }));
    expect(
      await dialog.findByText(
        'policy.spec.metrics.0: nothing was recorded of queueLength',
      ),
    ).toBeVisible();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Start-up time/ }),
      '-1',
    );
    expect(dialog.getByRole('button', { name: 'Try it' })).toBeDisabled();
    expect(dialog.getByText('A whole number from 0 to 3600.')).toBeVisible();
  });

  it('says that cost is unknown, and why', async () => {
    const { cost: _was, ...recorded } = result.recorded;
    const { cost: _wouldBe, ...simulated } = result.simulated;
    show(
      {
        whatIf: async () => ({
          ...result,
          recorded,
          simulated,
          price: undefined,
          noPrice: 'No prices are configured',
        }),
      },
      '/scaling?whatIf=target-1',
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Try it' }));
    expect(await dialog.findByRole('row', { name: /Cost/ })).toHaveTextContent(
      'Costunknownunknownunknown',
    );
    expect(
      dialog.getByText(/Cost is unknown: No prices are configured\./),
    ).toBeVisible();
  });
});
