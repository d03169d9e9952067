import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { decided } from '../__testUtils__/DeliveryStandIn';
import { startDelivery } from '../__testUtils__/startDelivery';
import { taskLog } from '../__testUtils__/taskLog';
import { createWaitForApprovalAction } from './waitForApproval';

const url = 'https://portal.example.com/delivery/approvals?id=request-1';
const input = {
  title: 'Read the ledger',
  approval: { rules: [{ group: 'group:default/owners', atLeast: 1 }] },
};

describe('slipway:approval:wait', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  beforeEach(async () => {
    delivery = await startDelivery();
  });
  afterEach(() => delivery.backend.stop());

  function wait(
    options: {
      isDryRun?: boolean;
      signal?: AbortSignal;
      timeoutSeconds?: number;
    } = {},
  ) {
    const { client, auth } = delivery;
    const { lines, logger } = taskLog();
    const outputs: Record<string, unknown> = {};
    const { isDryRun, signal, timeoutSeconds } = options;
    const done = createWaitForApprovalAction({
      client,
      auth,
      appBaseUrl: 'https://portal.example.com',
      pollMs: 10,
    }).handler({
      ...createMockActionContext({
        logger,
        input: { ...input, timeoutSeconds },
      }),
      signal,
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ada'),
      isDryRun,
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    return { done, outputs, lines };
  }

  it('asks in the name of the caller, and goes on when it is approved', async () => {
    const { done, lines, outputs } = wait();
    await done;
    expect(outputs).toEqual({
      approvalId: 'request-1',
      url,
      approvedBy: ['user:default/ben'],
      decidedAt: '2026-01-02T00:00:00.000Z',
    });
    expect(lines).toContain(`Needs 1 of default/owners: ${url}`);
    expect(delivery.standIn.changes).toEqual([
      {
        request: 'POST /approval-requests',
        caller: 'user:default/ada',
        idempotencyKey: expect.stringMatching(/^scaffolder:mock-task-id:/),
        body: input,
      },
    ]);
  });

  it.each([
    [
      'rejected by user:default/ben: Too early',
      decided('rejected', [
        { by: 'user:default/ben', decision: 'reject', comment: 'Too early' },
      ]),
    ],
    ['expired before enough people agreed', decided('expired', [])],
    ['was withdrawn', decided('withdrawn', [])],
  ])('fails when it %s', async (words, end) => {
    delivery.standIn.requestScript = [end];
    await expect(wait().done).rejects.toMatchObject({
      name: 'ApprovalRefusedError',
      message: expect.stringContaining(words),
    });
  });

  it.each(['cancelled', 'out of time'])(
    'leaves no request open when the task is %s',
    async how => {
      delivery.standIn.requestScript = delivery.standIn.requestScript.slice(
        0,
        1,
      );
      const controller = new AbortController();
      const { done, lines } = wait(
        how === 'cancelled'
          ? { signal: controller.signal }
          : { timeoutSeconds: 1 },
      );
      const outcome = done.then(() => undefined, String);
      while (!lines.length)
        await new Promise(resolve => {
          setTimeout(resolve, 10);
        });
      if (how === 'cancelled') controller.abort();
      expect(await outcome).toContain(
        how === 'cancelled' ? 'task was cancelled' : 'Nobody decided within',
      );
      expect(delivery.standIn.changes[1]).toMatchObject({
        request: 'POST /approval-requests/request-1/withdraw',
        caller: 'user:default/ada',
      });
    },
  );

  it('changes nothing when it is only tried', async () => {
    const { done, lines } = wait({ isDryRun: true });
    await done;
    expect(lines).toEqual(['Would ask for an approval: Read the ledger']);
    expect(delivery.standIn.changes).toEqual([]);
  });
});
