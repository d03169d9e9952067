import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  approval,
  heldRollout,
  hold,
  onlyPage,
  promotion,
  promotionStage,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import type { DeliveryApi } from '../../api/deliveryApi';
import { PromotionPage } from './PromotionPage';

// It measures its nodes, which jsdom cannot.
jest.mock('../../components/PipelineGraph', () => ({
  PipelineGraph: () => null,
}));

function show(api: Partial<DeliveryApi> = {}) {
  return renderPage(
    <Routes>
      <Route path="/delivery/promotions/:id" element={<PromotionPage />} />
    </Routes>,
    {
      getPromotion: async () => promotion(),
      listApprovals: async () => onlyPage([]),
      listHolds: async () => [],
      listPromotionEvents: async () => [
        {
          id: 'e1',
          version: 1,
          type: 'started',
          at: '2026-01-01T00:00:00Z',
          actor: 'user:default/dana',
          summary: 'Promotion of 2 releases was asked for',
          data: { reason: 'the summer sale' },
        },
      ],
      ...api,
    },
    { path: '/delivery/promotions/promotion-1' },
  );
}

const failed = promotion({
  waitingFor: 'person',
  message: 'checkout has failed in prod.',
  stages: [
    promotionStage('dev', [], 'succeeded', 'skipped'),
    promotionStage('prod', ['dev'], 'waiting', 'rolledBack', {
      onFailure: 'hold',
      message: 'checkout: The error rate was 0.5.',
      items: [
        {
          componentRef: 'component:default/orders',
          status: 'rolledBack',
          rolloutId: 'orders-prod',
          rollbackId: 'orders-back',
        },
        {
          componentRef: 'component:default/checkout',
          status: 'failed',
          message: 'The error rate was 0.5.',
          rolloutId: 'checkout-prod',
        },
      ],
    }),
  ],
  allowedActions: {
    abort: { allowed: true },
    retry: { allowed: true },
    continue: { allowed: false, reason: 'Only the owners may.' },
  },
});

describe('the page of a promotion', () => {
  it('shows who promotes what, why, and by which document', async () => {
    show();
    expect(
      await screen.findByRole('heading', {
        name: 'Promotion of orders 1.4.0, checkout 2.0.0',
      }),
    ).toBeVisible();
    const facts = screen.getByRole('region', { name: 'Overview' });
    expect(facts).toHaveTextContent('PhaseGoing on');
    expect(facts).toHaveTextContent('Requested bydana');
    expect(facts).toHaveTextContent('Reasonthe summer sale');
    expect(facts).toHaveTextContent('PipelineStandardsha256:aaaaaaaaaaaa…');
    expect(
      screen.getByText(
        /goes on by itself as soon as the gates of its rollouts are open/,
      ),
    ).toBeVisible();
  });

  it('shows what happened, with who and why', async () => {
    show();
    expect(
      await screen.findByRole('list', { name: 'Events' }),
    ).toHaveTextContent(
      'Promotion of 2 releases was asked forby dana: “the summer sale”',
    );
  });

  it('shows every component in every stage, with its rollout and its rollback', async () => {
    show({ getPromotion: async () => failed });
    const table = within(
      await screen.findByRole('table', { name: 'Components by stage' }),
    );
    const [head, orders, checkout] = table.getAllByRole('row');
    expect(head).not.toHaveTextContent('The error rate was 0.5.');
    expect(head).toHaveTextContent(
      /prodproductionFailed, needs a personOn failure it waits/,
    );
    expect(orders).toHaveTextContent(
      'orders 1.4.0Through beforeRolloutRolled backRolloutRollback',
    );
    expect(checkout).toHaveTextContent(
      'checkout 2.0.0After ordersThrough beforeRolloutFailedThe error rate was 0.5.Rollout',
    );
    expect(
      table.getByRole('link', { name: 'Rollout of checkout to prod' }),
    ).toHaveAttribute('href', '/delivery/rollouts/checkout-prod');
    expect(
      table.getByRole('link', { name: 'Rollback of orders in prod' }),
    ).toHaveAttribute('href', '/delivery/rollouts/orders-back');
  });

  it('links what it waits for, and what the reader may vote on', async () => {
    show({
      listApprovals: async () =>
        onlyPage([
          approval({
            id: 'checkout-prod',
            rollout: heldRollout({
              id: 'checkout-prod',
              promotion: { id: 'promotion-1', stage: 'prod' },
            }),
          }),
        ]),
    });
    const list = within(
      await screen.findByRole('list', { name: 'Rollouts that wait' }),
    );
    expect(list.getByRole('link', { name: 'orders to prod' })).toHaveAttribute(
      'href',
      '/delivery/rollouts/orders-prod',
    );
    expect(
      await list.findByRole('link', { name: 'Your vote is asked for' }),
    ).toHaveAttribute('href', '/delivery/approvals?id=checkout-prod');
  });

  it('shows the hold that it waits for, and releases it with a reason', async () => {
    const releaseHold = jest.fn(async () => hold({ active: false }));
    const held = promotion({
      trigger: 'automation',
      waitingFor: 'hold',
      stages: [promotionStage('prod', [], 'onHold', 'pending')],
    });
    show({
      getPromotion: async () => held,
      listHolds: async () => [
        hold(),
        hold({ id: 'other', environmentRef: 'resource:default/dev' }),
      ],
      releaseHold,
    });
    const part = within(
      await screen.findByRole('region', { name: 'What it waits for' }),
    );
    expect(await part.findByText('“the audit is under way”')).toBeVisible();
    await userEvent.click(
      part.getByRole('button', { name: 'Release hold in prod' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Release hold' });
    expect(submit).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'audit is over',
    );
    await userEvent.click(submit);
    expect(releaseHold).toHaveBeenCalledWith(
      'hold-1',
      { reason: 'audit is over' },
      { idempotencyKey: expect.any(String) },
    );
  });

  it('sends people to the rollout that waits for them', async () => {
    show({
      getPromotion: async () =>
        promotion({
          waitingFor: 'person',
          message: undefined,
          stages: [promotionStage('prod', [], 'running', 'running')],
        }),
    });
    expect(
      await screen.findByText(/^A rollout waits for somebody/),
    ).toBeVisible();
  });

  it('says what failed', async () => {
    show({
      getPromotion: async () => {
        throw new Error('no answer');
      },
    });
    expect(
      await screen.findByText('The promotion could not be read'),
    ).toBeVisible();
  });
});

describe('steering a promotion', () => {
  it('disables what may not be done, with the reason', async () => {
    show({ getPromotion: async () => failed });
    expect(
      await screen.findByRole('button', { name: 'Continue' }),
    ).toHaveAccessibleDescription('Only the owners may.');
  });

  it('asks once, takes a reason, and shows what became of it', async () => {
    const actOnPromotion = jest.fn(async () =>
      promotion({
        version: 4,
        phase: 'aborted',
        waitingFor: undefined,
        finishedAt: '2026-01-01T00:06:00Z',
      }),
    );
    show({ getPromotion: async () => failed, actOnPromotion });
    await userEvent.click(await screen.findByRole('button', { name: 'Abort' }));
    expect(
      screen.getByRole('dialog', {
        name: 'Abort the promotion of orders 1.4.0, checkout 2.0.0?',
      }),
    ).toHaveAccessibleDescription(/stages that are through stay as they are/);
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Reason (optional)' }),
      'not today',
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Abort promotion' }),
    );
    expect(actOnPromotion).toHaveBeenCalledWith(
      'promotion-1',
      'abort',
      { reason: 'not today' },
      { idempotencyKey: expect.any(String), ifMatch: '"3"' },
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.getByText('It was aborted.')).toBeVisible();
    expect(
      screen.queryByRole('group', { name: 'Steer this promotion' }),
    ).not.toBeInTheDocument();
  });

  it('does nothing when a stage has moved on meanwhile, and says so', async () => {
    const actOnPromotion = jest.fn(async () => {
      throw Object.assign(new Error('changed'), { statusCode: 412 });
    });
    const getPromotion = jest
      .fn()
      .mockResolvedValueOnce(failed)
      .mockResolvedValue(
        promotion({
          version: 9,
          stages: [
            promotionStage('dev', [], 'succeeded', 'succeeded'),
            promotionStage('prod', ['dev'], 'running', 'running'),
          ],
        }),
      );
    show({ getPromotion, actOnPromotion });
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(screen.getByRole('dialog')).toHaveAccessibleDescription(
      /New rollouts are asked for in prod/,
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Retry' }));
    expect(
      await dialog.findByText(/The promotion has changed meanwhile/),
    ).toBeVisible();
    expect(actOnPromotion).toHaveBeenCalledTimes(1);
    expect(dialog.getByRole('button', { name: 'Retry' })).toBeDisabled();
  });
});
