import { ResponseError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DateTime } from 'luxon';
import { Route, Routes } from 'react-router-dom';
import type {
  AskWindowExceptionRequest,
  WindowException,
} from '@slipway/backstage-plugin-delivery-common';
import {
  approval,
  comparedRollout,
  decidedComparison,
  heldRollout,
  openGates,
  promotion,
  rollout,
  subject,
  windowException,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import type { DeliveryApi } from '../../api/deliveryApi';
import { RolloutPage } from './RolloutPage';

// Their sizes come from the browser's layout, which jsdom does not have.
jest.mock('../../components/charts', () => ({
  WeightChart: () => <div>weight chart</div>,
  MeasurementChart: () => <div>measurement chart</div>,
  DistributionChart: ({ emptyText }: { emptyText?: string }) => (
    <div>distribution chart, or {emptyText}</div>
  ),
}));

const quiet: Partial<DeliveryApi> = {
  listRolloutEvents: async () => [
    {
      id: 'e1',
      version: 1,
      type: 'started',
      at: '2026-01-01T00:00:00Z',
      actor: 'user:default/dana',
      summary: 'Rollout requested',
      data: { reason: 'because' },
    },
  ],
  listWindowExceptions: async () => [],
  getRolloutLogs: async () => [
    {
      at: '2026-01-01T00:00:00Z',
      instance: 'a',
      stream: 'stdout',
      text: 'listening on 8080',
    },
  ],
};

function show(api: Partial<DeliveryApi>) {
  return renderPage(
    <Routes>
      <Route path="/delivery/rollouts/:id" element={<RolloutPage />} />
    </Routes>,
    { getRollout: async () => rollout(), ...quiet, ...api },
    { path: '/delivery/rollouts/rollout-1' },
  );
}

async function problem(status: number, detail: string) {
  return ResponseError.fromResponse(
    new Response(JSON.stringify({ status, detail, title: 'x', type: 'x' }), {
      status,
      headers: { 'content-type': 'application/json' },
    }),
  );
}

describe('the page of a rollout', () => {
  it('shows the steps with their state, and the analysis with its limits', async () => {
    show({});
    const steps = within(await screen.findByRole('list', { name: 'Steps' }));
    const current = steps
      .getAllByRole('listitem')
      .find(item => item.getAttribute('aria-current') === 'step');
    expect(current).toHaveTextContent('2. Verify the error rate');
    expect(current).toHaveTextContent('Running');
    expect(current).toHaveTextContent('passes while result < 0.05');
    expect(current).toHaveTextContent('2 of 5 measurements taken');
    expect(current).toHaveTextContent('1 of 2 failures allowed');
    expect(steps.getByText('To come')).toBeVisible();
  });

  it('lists the versions before and after, and of older ones those that still run', async () => {
    const status = (releaseId: string, replicas: number) => ({
      releaseId,
      desiredReplicas: 0,
      replicas,
      readyReplicas: replicas,
      weight: 0,
      health: 'stopped' as const,
      instances: [],
    });
    const shown = rollout();
    show({
      getRollout: async () => ({
        ...shown,
        observation: {
          observedAt: '2026-01-01T00:00:00Z',
          converged: true,
          versions: [
            status(shown.release.id, 0),
            status('kept', 0),
            status('ending', 1),
          ],
        },
      }),
    });
    const table = await screen.findByRole('table', { name: 'Versions' });
    const names = within(table)
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent);
    expect(names).toEqual([
      `${shown.release.version}new`,
      'endingother release',
    ]);
  });

  it('shows a comparison with its distributions, its numbers and the score', async () => {
    show({ getRollout: async () => comparedRollout(decidedComparison) });
    const steps = within(await screen.findByRole('list', { name: 'Steps' }));
    const [step] = steps.getAllByRole('listitem');
    expect(step).toHaveTextContent('may not be higher than in the release');
    expect(step).toHaveTextContent(
      'confidence 98 %, tolerance 25 %, at least 50 points each',
    );
    expect(step).toHaveTextContent('Measurements: 1, at most 30');
    expect(step).toHaveTextContent(
      'Higher. The new release differs by +40.1 ms (98 % interval 36.2 ms to 44 ms). That counts if the whole interval lies above 10 ms.',
    );
    expect(
      steps.getByRole('table', { name: 'Points of latency by release' }),
    ).toHaveTextContent('New release6081.2 ms70 to 91 ms80 ms');
    expect(step).toHaveTextContent('Score 0 of 100.');
    expect(step).toHaveTextContent('what failed is critical: latency');
    expect(
      steps.getByRole('list', { name: 'Score by group' }),
    ).toHaveTextContent('default: 0 of 1 passed, weight 100 %');
  });

  it('says how many points a comparison still lacks', async () => {
    show({
      getRollout: async () =>
        comparedRollout({ points: { canary: 12, stable: 40 } }),
    });
    expect(
      await screen.findByText(
        /Too few points so far: 12 of the new release and 40 of the one before, 50 are needed/,
      ),
    ).toBeVisible();
  });

  it('says it in words when all points are equal', async () => {
    show({
      getRollout: async () =>
        comparedRollout({
          ...decidedComparison,
          histogram: { from: 3, to: 3, canary: [60], stable: [60] },
        }),
    });
    expect(
      await screen.findByText(/All points of both releases are 3 ms\./),
    ).toBeVisible();
  });

  it('does not call running what was not decided when its step ended', async () => {
    const open = comparedRollout({ points: { canary: 12, stable: 40 } });
    const [step] = open.steps;
    show({
      getRollout: async () => ({
        ...open,
        steps: [
          { ...step, status: 'failed', finishedAt: '2026-01-01T00:01:00Z' },
        ],
      }),
    });
    expect(
      await screen.findByRole('table', { name: 'Metrics' }),
    ).toHaveTextContent('Not decided');
  });

  it('links the promotion that it is a part of, and says what goes with it', async () => {
    show({
      getRollout: async () =>
        rollout({ promotion: { id: 'promotion-1', stage: 'prod' } }),
      getPromotion: async () => promotion(),
    });
    expect(
      await screen.findByRole('link', { name: 'Promotion, stage prod' }),
    ).toHaveAttribute('href', '/delivery/promotions/promotion-1');
    expect(
      await screen.findByText('Together: orders 1.4.0, checkout 2.0.0'),
    ).toBeVisible();
  });

  it('shows events with who and why, and logs', async () => {
    show({});
    const events = await screen.findByRole('list', { name: 'Events' });
    expect(events).toHaveTextContent('Rollout requestedby dana: “because”');
    expect(await screen.findByRole('log')).toHaveTextContent(
      'listening on 8080',
    );
  });

  it('tells the person what a waiting rollout needs', async () => {
    show({
      getRollout: async () =>
        rollout({
          phase: 'paused',
          waitingFor: 'person',
          waitReason: 'inconclusive',
        }),
    });
    expect(
      await screen.findByText(/could not tell whether the new release is good/),
    ).toBeVisible();
  });

  it('disables refused actions with the reason', async () => {
    show({});
    const resume = await screen.findByRole('button', { name: 'Resume' });
    expect(resume).toBeDisabled();
    expect(resume).toHaveAccessibleDescription('It is not paused.');
  });

  it('takes harmless actions at once, on the version that is shown', async () => {
    const actOnRollout = jest.fn(async () =>
      rollout({ phase: 'paused', version: 8, message: 'Paused by dana.' }),
    );
    show({ actOnRollout });
    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
    expect(actOnRollout).toHaveBeenCalledWith(
      'rollout-1',
      'pause',
      {},
      {
        ifMatch: '"7"',
        idempotencyKey: expect.any(String),
      },
    );
    expect(await screen.findByText('Paused by dana.')).toBeVisible();
  });

  it('asks before it aborts, and says what will happen to what', async () => {
    const actOnRollout = jest.fn(async () => rollout({ phase: 'aborted' }));
    show({ actOnRollout });
    await userEvent.click(await screen.findByRole('button', { name: 'Abort' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(screen.getByRole('dialog')).toHaveAccessibleDescription(
      /1\.0\.0 gets all traffic in prod back at once, and 2\.0\.0 is taken away/,
    );
    expect(actOnRollout).not.toHaveBeenCalled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Reason (optional)' }),
      'too many errors',
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Abort rollout' }),
    );
    expect(actOnRollout).toHaveBeenCalledTimes(1);
    expect(actOnRollout).toHaveBeenCalledWith(
      'rollout-1',
      'abort',
      { reason: 'too many errors' },
      expect.anything(),
    );
  });

  it('does nothing to a rollout that has become another meanwhile, and says so', async () => {
    const actOnRollout = jest.fn(async () => {
      throw await problem(412, 'It has changed.');
    });
    let current = rollout();
    show({ actOnRollout, getRollout: async () => current });
    const pause = await screen.findByRole('button', { name: 'Pause' });
    current = rollout({ version: 9, currentStepIndex: 2 });
    await userEvent.click(pause);
    expect(
      await screen.findByText(/has changed meanwhile, so nothing was done/),
    ).toBeVisible();
    expect(actOnRollout).toHaveBeenCalledTimes(1);
  });

  it('goes on by itself when only a measurement came between', async () => {
    const actOnRollout = jest
      .fn()
      .mockImplementationOnce(async () => {
        throw await problem(412, 'It has changed.');
      })
      .mockImplementationOnce(async () => rollout({ message: 'Now paused.' }));
    let current = rollout();
    show({ actOnRollout, getRollout: async () => current });
    const pause = await screen.findByRole('button', { name: 'Pause' });
    current = rollout({ version: 8 });
    await userEvent.click(pause);
    expect(await screen.findByText('Now paused.')).toBeVisible();
    expect(actOnRollout.mock.calls[1][3].ifMatch).toBe('"8"');
  });

  it('keeps the dialog open with the reason when the API refuses', async () => {
    show({
      actOnRollout: async () => {
        throw await problem(403, 'Only the owners may promote fully.');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Promote fully' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(
      dialog.getByRole('button', { name: 'Promote fully' }),
    );
    expect(
      await dialog.findByText('Only the owners may promote fully.'),
    ).toBeVisible();
  });

  it('offers only to try again once a rollout has ended', async () => {
    const ended = { allowed: false, reason: 'It has ended.' };
    show({
      getRollout: async () =>
        rollout({
          phase: 'rolledBack',
          allowedActions: {
            pause: ended,
            abort: ended,
            retry: { allowed: true },
          },
        }),
    });
    expect(await screen.findByRole('button', { name: 'Retry' })).toBeEnabled();
    expect(
      screen.queryByRole('button', { name: 'Pause' }),
    ).not.toBeInTheDocument();
  });
});

describe('the page of a rollout that gates hold', () => {
  const held: Partial<DeliveryApi> = {
    getRollout: async () => heldRollout(),
    getApproval: async () => approval(),
    listDelegations: async () => [],
  };

  it('lists each gate in words, with who agreed and who may not', async () => {
    show(held);
    const gates = await screen.findByRole('list', {
      name: 'What must hold before this rollout begins',
    });
    expect(gates).toHaveTextContent('1 of 2 fromplatformstill open');
    expect(gates).toHaveTextContent('must agree:olgahas not yet');
    expect(gates).toHaveTextContent(/eva agreed .*: “looks fine”/);
    expect(gates).toHaveTextContent('dana: asked for this');
    expect(gates).toHaveTextContent('ana: wrote the change');
    expect(gates).toHaveTextContent(/Expires\d+ \w+ ago/);
    expect(gates).toHaveTextContent('ClosedFreezesWindows and freezes');
    expect(gates).toHaveTextContent('Frozen by “Year end”');
    expect(gates).toHaveTextContent(
      'Does not hold (only a warning)signed: The artifact is not signed.',
    );
    expect(screen.getByText('production of Standard')).toBeVisible();
  });

  it('asks that the windows which hold it let it through, and shows what came of that', async () => {
    const exceptions: WindowException[] = [];
    const askWindowException = jest.fn(
      async (_body: AskWindowExceptionRequest) => {
        exceptions.push(windowException({ state: 'pending', approvedBy: [] }));
        return exceptions[0];
      },
    );
    show({
      ...held,
      listWindowExceptions: async () => exceptions,
      askWindowException,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask for an exception' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('From'), '2099-01-01T10:00');
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'customers cannot pay',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Ask' }));
    const local = (time: string) =>
      DateTime.fromISO(`2099-01-01T${time}`).toUTC().toISO();
    expect(askWindowException).toHaveBeenCalledWith(
      {
        componentRef: 'component:default/checkout',
        environmentRef: 'resource:default/prod',
        from: local('10:00'),
        until: local('12:00'),
        reason: 'customers cannot pay',
      },
      { idempotencyKey: expect.any(String) },
    );
    expect(
      await screen.findByRole('list', { name: 'Exceptions' }),
    ).toHaveTextContent('Asked forcheckout in prod');
    expect(
      screen.queryByRole('button', { name: 'Ask for an exception' }),
    ).toBeNull();
  });

  it('says that nothing has begun, and shows the gates as the first step', async () => {
    show(held);
    expect(
      await screen.findByText('It has not begun: it waits for its gates.'),
    ).toBeVisible();
    const steps = within(screen.getByRole('list', { name: 'Steps' }));
    const [first] = steps.getAllByRole('listitem');
    expect(first).toHaveTextContent('GatesWaiting');
    expect(first).toHaveAttribute('aria-current', 'step');
    expect(
      screen.queryByRole('heading', { name: 'Logs' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Pause' }),
    ).not.toBeInTheDocument();
  });

  it('shows what is approved, and sends the digest of just that', async () => {
    const decideApproval = jest.fn(async () => approval());
    show({ ...held, decideApproval });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    const what = dialog.getByRole('group', { name: 'What you decide on' });
    expect(what).toHaveTextContent('1.0.0 → 2.0.0');
    expect(what).toHaveTextContent('prod production');
    expect(what).toHaveTextContent('sha256:aaaaaaaaaaaa…');
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Comment (optional)' }),
      'go',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(decideApproval).toHaveBeenCalledWith(
      'rollout-1',
      'approve',
      { subjectDigest: subject().digest, comment: 'go' },
      { idempotencyKey: expect.any(String) },
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('makes the person look again when what is asked for has changed', async () => {
    let current = approval();
    const decideApproval = jest.fn(
      async (..._request: Parameters<DeliveryApi['decideApproval']>) => current,
    );
    decideApproval.mockImplementationOnce(async () => {
      current = approval({
        rollout: heldRollout({ gates: openGates({ subject: subject('c') }) }),
      });
      throw await problem(409, 'The configuration has changed.');
    });
    show({ ...held, getApproval: async () => current, decideApproval });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reject' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Comment/ }),
      'no',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Reject' }));
    expect(
      await dialog.findByText('The configuration has changed.'),
    ).toBeVisible();
    const lookAgain = await dialog.findByRole('button', {
      name: 'I have looked at it again',
    });
    expect(dialog.getByRole('button', { name: 'Reject' })).toBeDisabled();
    await userEvent.click(lookAgain);
    await userEvent.click(dialog.getByRole('button', { name: 'Reject' }));
    expect(decideApproval.mock.calls[1][2]).toEqual({
      subjectDigest: subject('c').digest,
      comment: 'no',
    });
  });

  it('asks for a comment where the gate does, and for whom the vote is', async () => {
    const [gate] = openGates().items;
    const gates = openGates({
      items: [
        { ...gate, approval: { ...gate.approval!, requireComment: true } },
      ],
    });
    const decideApproval = jest.fn(async () => approval());
    show({
      ...held,
      getApproval: async () => approval({ rollout: heldRollout({ gates }) }),
      listDelegations: async () => [
        {
          id: 'd1',
          from: 'user:default/olga',
          to: 'user:default/guest',
          until: '2099-01-01T00:00:00Z',
          createdAt: '2026-01-01T00:00:00Z',
          active: true,
        },
      ],
      decideApproval,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Approve' });
    expect(submit).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Comment/ }),
      'seen',
    );
    await userEvent.click(
      await dialog.findByRole('combobox', { name: /^Vote/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'for olga' }));
    await userEvent.click(submit);
    expect(decideApproval).toHaveBeenCalledWith(
      'rollout-1',
      'approve',
      {
        subjectDigest: subject().digest,
        comment: 'seen',
        onBehalfOf: 'user:default/olga',
      },
      expect.anything(),
    );
  });

  it('says why a person may not vote', async () => {
    const refused = { allowed: false, reason: 'You asked for it yourself.' };
    show({
      ...held,
      getApproval: async () =>
        approval({ allowedActions: { approve: refused, reject: refused } }),
    });
    const approve = await screen.findByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();
    expect(approve).toHaveAccessibleDescription('You asked for it yourself.');
    expect(
      screen.queryByRole('button', { name: 'Withdraw my vote' }),
    ).not.toBeInTheDocument();
  });

  it('breaks glass only with a reason, and says what that does', async () => {
    const actOnRollout = jest.fn(async () => rollout());
    show({ ...held, actOnRollout });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Break glass' }),
    );
    expect(screen.getByRole('dialog')).toHaveAccessibleDescription(
      /begins at once, although not all of its gates are open/,
    );
    const dialog = within(screen.getByRole('dialog'));
    const submit = dialog.getByRole('button', {
      name: 'Break glass and begin',
    });
    expect(submit).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'shop is down',
    );
    await userEvent.click(submit);
    expect(actOnRollout).toHaveBeenCalledWith(
      'rollout-1',
      'breakGlass',
      { reason: 'shop is down' },
      expect.anything(),
    );
  });

  it('says what holds a rollout that is under way, and what breaking glass does then', async () => {
    show({
      getRollout: async () =>
        rollout({
          phase: 'paused',
          waitingFor: 'window',
          message: 'Held by Year-end freeze until 2027-01-03 17:00 UTC',
          allowedActions: {
            abort: { allowed: true },
            breakGlass: { allowed: true },
          },
        }),
    });
    expect(
      await screen.findByText(
        'Held by Year-end freeze until 2027-01-03 17:00 UTC',
      ),
    ).toBeVisible();
    expect(
      screen.getByText(/It goes on by itself as soon as the window lets it/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Break glass' }));
    expect(screen.getByRole('dialog')).toHaveAccessibleDescription(
      /goes on at once, although a window holds it/,
    );
    expect(
      screen.getByRole('button', { name: 'Break glass and go on' }),
    ).toBeDisabled();
  });

  it('says of aborting that nothing had begun', async () => {
    show(held);
    await userEvent.click(await screen.findByRole('button', { name: 'Abort' }));
    expect(screen.getByRole('dialog')).toHaveAccessibleDescription(
      /Nothing has begun yet/,
    );
  });

  it('cannot hide that glass was broken, until somebody has reviewed it', async () => {
    const used = {
      by: 'user:default/dana',
      at: '2026-01-01T00:10:00Z',
      reason: 'shop is down',
    };
    const gates = openGates({ status: 'passed', breakGlass: used });
    const reviewBreakGlass = jest.fn(async () =>
      rollout({
        gates: {
          ...gates,
          breakGlass: {
            ...used,
            review: {
              by: 'user:default/eva',
              at: '2026-01-01T01:00:00Z',
              comment: 'was right',
            },
          },
        },
      }),
    );
    show({
      ...held,
      getRollout: async () => rollout({ gates }),
      reviewBreakGlass,
    });
    const banner = (
      await screen.findByText(/this rollout went past what held it/)
    ).closest('[role="alert"]');
    expect(banner).toHaveTextContent(/Used by dana .*“shop is down”/);
    expect(banner).toHaveTextContent('Nobody has reviewed this yet.');
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'was right',
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Record review' }),
    );
    expect(reviewBreakGlass).toHaveBeenCalledWith(
      'rollout-1',
      { reason: 'was right' },
      { idempotencyKey: expect.any(String) },
    );
    expect(await screen.findByText(/Reviewed by/)).toHaveTextContent(
      'was right',
    );
  });

  it('shows approvals that became void, and why', async () => {
    show({
      ...held,
      getRollout: async () =>
        heldRollout({
          gates: openGates({
            voided: [
              {
                at: '2026-01-01T00:06:00Z',
                reason: 'The pipeline has changed.',
                votes: [
                  {
                    by: 'user:default/eva',
                    decision: 'approve',
                    at: '2026-01-01T00:05:00Z',
                  },
                ],
              },
            ],
          }),
        }),
    });
    const voided = await screen.findByRole('list', {
      name: 'Approvals that became void',
    });
    expect(voided).toHaveTextContent(
      /The pipeline has changed. 1 vote no longer counts.*eva agreed/,
    );
  });
});
