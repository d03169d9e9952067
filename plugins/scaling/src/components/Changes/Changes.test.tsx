import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ScalingChange,
  ScalingOptions,
} from '@slipway/backstage-plugin-scaling-common';
import { renderPage, target } from '../../__testUtils__/renderPage';
import type { ScalingApi } from '../../api/scalingApi';
import { Changes } from './Changes';

function change(more: Partial<ScalingChange> = {}): ScalingChange {
  return {
    id: 'change-1',
    version: 3,
    kind: 'scale',
    targetId: 'target-1',
    componentRef: 'component:default/checkout',
    componentTitle: 'Checkout',
    environmentRef: 'resource:default/production',
    environmentName: 'production',
    tier: 'production',
    workload: 'Deployment/checkout',
    via: 'provider',
    replicas: 20,
    until: '2026-11-30T09:00:00.000Z',
    reason: 'Black Friday',
    requestedBy: 'user:default/ana',
    phase: 'active',
    createdAt: '2026-11-27T09:00:00.000Z',
    updatedAt: '2026-11-27T09:00:00.000Z',
    allowedActions: { end: { allowed: true } },
    ...more,
  };
}

const options: ScalingOptions = {
  bounds: { min: 1, max: 100 },
  untilRequired: true,
  longestDays: 30,
  allowedActions: { scale: { allowed: true } },
};

function show(
  items: ScalingChange[],
  more: Partial<ScalingOptions> = {},
  api: Partial<ScalingApi> = {},
) {
  renderPage(<Changes target={target()} />, {
    listChanges: async () => ({ items, page: { totalItems: items.length } }),
    getOptions: async () => ({ ...options, ...more }),
    ...api,
  });
}

describe('changes by hand', () => {
  it('says of each where it stands, until when, who asked for it, and why', async () => {
    show([
      change(),
      change({
        id: 'change-0',
        phase: 'ended',
        finishedAt: '2026-11-26T09:00:00.000Z',
        end: { as: 'expired' },
        outcome: {
          kind: 'left',
          found: { driver: 'hpa', minReplicas: 4, maxReplicas: 9 },
        },
      }),
    ]);
    const [standing, over] = await screen.findAllByRole('listitem');
    expect(standing).toHaveTextContent(
      '20 replicas until 2026-11-30 09:00:00 UTC.',
    );
    expect(standing).toHaveTextContent('Asked for by ana: Black Friday');
    expect(over).toHaveTextContent(
      'Over by itself. Somebody had changed it to 4 to 9, which was left.',
    );
    expect(within(over).queryByRole('button')).toBeNull();
  });

  it('leads to the rollout of delivery that carries one out', async () => {
    show([
      change({
        phase: 'applying',
        waitsFor: 'Delivery rolls it out: 1 of 20 copies are ready',
        rolloutId: 'rollout-1',
      }),
    ]);
    const [carriedOut] = await screen.findAllByRole('listitem');
    expect(carriedOut).toHaveTextContent('1 of 20 copies are ready');
    expect(
      within(carriedOut).getByRole('link', { name: 'Open the rollout' }),
    ).toHaveAttribute('href', '/delivery/rollouts/rollout-1');
  });

  it('scales with an end and a reason, on the state that was shown', async () => {
    const scaleTarget = jest.fn(async () => change());
    show([], { activeChange: change() }, { scaleTarget });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Scale…' }),
    );
    const dialog = within(
      screen.getByRole('dialog', { name: 'Scale Checkout in production' }),
    );
    expect(
      dialog.getByText(/This takes the place of: 20 replicas/),
    ).toBeVisible();
    const submit = dialog.getByRole('button', { name: 'Scale' });
    const replicas = dialog.getByLabelText(/Replicas/);
    await userEvent.clear(replicas);
    await userEvent.type(replicas, '101');
    expect(submit).toBeDisabled();
    await userEvent.clear(replicas);
    await userEvent.type(replicas, '12');
    expect(
      dialog.getByText(/by-cpu will keep at least 12; its most is raised/),
    ).toBeVisible();
    await userEvent.type(dialog.getByLabelText(/Reason/), 'A sale');
    expect(submit).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Until/), '2026-11-30T09:00');
    await userEvent.click(submit);
    expect(scaleTarget).toHaveBeenCalledWith(
      'target-1',
      {
        replicas: 12,
        reason: 'A sale',
        until: new Date('2026-11-30T09:00').toISOString(),
      },
      { idempotencyKey: expect.any(String), ifMatch: '"3"' },
    );
  });

  it('says that a policy of Slipway waits for it', async () => {
    renderPage(
      <Changes
        target={target({
          driver: { kind: 'slipway', name: 'by-load' },
          delivered: true,
        })}
      />,
      {
        listChanges: async () => ({ items: [], page: { totalItems: 0 } }),
        getOptions: async () => options,
      },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Scale…' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    const replicas = dialog.getByLabelText(/Replicas/);
    await userEvent.clear(replicas);
    await userEvent.type(replicas, '12');
    expect(
      dialog.getByText(
        'Delivery will roll out 12; the policy by-load waits until this has ended.',
      ),
    ).toBeVisible();
  });

  it('ends one for a reason, and asks what becomes of the replicas', async () => {
    const endChange = jest.fn(async () => change({ phase: 'reverting' }));
    show([change()], {}, { endChange });
    await userEvent.click(
      await screen.findByRole('button', { name: 'End now' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    const end = dialog.getByRole('button', { name: 'End now' });
    expect(end).toBeDisabled();
    await userEvent.click(dialog.getByLabelText('Leave them as they are'));
    await userEvent.type(dialog.getByLabelText(/Reason/), 'It is over');
    await userEvent.click(end);
    expect(endChange).toHaveBeenCalledWith(
      'change-1',
      { reason: 'It is over', restore: false },
      { idempotencyKey: expect.any(String) },
    );
  });

  it('sets a policy, and says of one where it stands', async () => {
    const applyPolicy = jest.fn(async () => change({ kind: 'policy' }));
    const policy = {
      apiVersion: 'slipway.dev/v1alpha1' as const,
      kind: 'ScalingPolicy' as const,
      metadata: { name: 'web' },
      spec: { replicas: {}, metrics: [] },
    };
    show(
      [
        change({
          kind: 'policy',
          replicas: undefined,
          policy,
          limits: { min: 3, max: 9, schedule: 'peak' },
        }),
      ],
      { allowedActions: { applyPolicy: { allowed: true } } },
      { applyPolicy },
    );
    expect(
      await screen.findByText(
        'Policy web: 3 to 9 replicas, by its schedule peak.',
      ),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Set a policy…' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(dialog.getByLabelText(/Reason/), 'By load');
    await userEvent.click(dialog.getByRole('button', { name: 'Apply' }));
    expect(applyPolicy).toHaveBeenCalledWith(
      'target-1',
      {
        policy: expect.stringContaining('production: { min: 2, max: 5 }'),
        reason: 'By load',
      },
      { idempotencyKey: expect.any(String) },
    );
  });

  it('says why somebody may not', async () => {
    show([], {
      allowedActions: {
        scale: { allowed: false, reason: 'This needs a permission.' },
      },
    });
    const button = await screen.findByRole('button', { name: 'Scale…' });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription('This needs a permission.');
    expect(screen.getByText(/Nobody has changed/)).toBeVisible();
  });
});
