import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { decided } from '../__testUtils__/DeliveryStandIn';
import { startDelivery } from '../__testUtils__/startDelivery';
import { taskLog } from '../__testUtils__/taskLog';
import { createRequestWindowAction } from './requestWindow';

const url = 'https://portal.example.com/delivery/approvals?id=request-1';
const from = '2026-12-21T22:00:00+01:00';
const input = {
  componentRef: 'component:default/checkout',
  environment: 'production',
  from,
  hours: 1.5,
  reason: 'Customers cannot pay',
};

describe('slipway:window:request', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  beforeEach(async () => {
    delivery = await startDelivery();
  });
  afterEach(() => delivery.backend.stop());

  function ask(
    more: { wait?: boolean; environment?: string } = {},
    isDryRun = false,
  ) {
    const { client, auth } = delivery;
    const { lines, logger } = taskLog();
    const outputs: Record<string, unknown> = {};
    const done = createRequestWindowAction({
      client,
      auth,
      appBaseUrl: 'https://portal.example.com',
      pollMs: 10,
    }).handler({
      ...createMockActionContext({ logger, input: { ...input, ...more } }),
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ada'),
      isDryRun,
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    return { done, outputs, lines };
  }

  it('asks in the name of the caller for that long, and goes on when people agree', async () => {
    const { done, outputs } = ask();
    await done;
    expect(outputs).toEqual({
      approvalId: 'request-1',
      from,
      until: '2026-12-21T22:30:00.000Z',
      url,
      approvedBy: ['user:default/ben'],
    });
    expect(delivery.standIn.changes).toEqual([
      {
        request: 'POST /window-exceptions',
        caller: 'user:default/ada',
        idempotencyKey: expect.stringMatching(/^scaffolder:mock-task-id:/),
        body: {
          componentRef: input.componentRef,
          environmentRef: 'resource:default/production',
          from,
          until: '2026-12-21T22:30:00.000Z',
          reason: input.reason,
        },
      },
    ]);
  });

  it('says so when somebody rejects it', async () => {
    delivery.standIn.requestScript = [
      decided('rejected', [
        { by: 'user:default/ben', decision: 'reject', comment: 'Wait' },
      ]),
    ];
    await expect(ask().done).rejects.toThrow(
      'rejected by user:default/ben: Wait',
    );
  });

  it('does not wait when nobody wants it to', async () => {
    delivery.standIn.requestScript = delivery.standIn.requestScript.slice(0, 1);
    const { done, lines, outputs } = ask({ wait: false });
    await done;
    expect(lines).toEqual([`Asked for: ${url}`]);
    expect(outputs).toMatchObject({ approvalId: 'request-1', approvedBy: [] });
  });

  it('asks nothing for an environment that is not there, nor when it is only tried', async () => {
    await expect(ask({ environment: 'moon' }).done).rejects.toThrow(
      "There is no environment 'moon'",
    );
    const { done, lines } = ask({}, true);
    await done;
    expect(lines).toEqual([
      `Would ask to change ${input.componentRef} in production from ${from} to 2026-12-21T22:30:00.000Z`,
    ]);
    expect(delivery.standIn.changes).toEqual([]);
  });
});
