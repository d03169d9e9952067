import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { startDelivery } from '../__testUtils__/startDelivery';
import { taskLog } from '../__testUtils__/taskLog';
import { createPromoteAction } from './promote';

const componentRef = 'component:default/checkout';
const url = 'https://portal.example.com/delivery/promotions/promotion-1';

describe('slipway:promote', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  beforeEach(async () => {
    delivery = await startDelivery();
    await delivery.client.createRelease(
      {
        componentRef,
        version: '1.0.0',
        artifact: { kind: 'npm', spec: { package: 'checkout' } },
      },
      { token: mockCredentials.user.token('user:default/ada') },
    );
    delivery.standIn.changes.length = 0;
  });
  afterEach(() => delivery.backend.stop());

  function promote(
    options: { isDryRun?: boolean; wait?: boolean; signal?: AbortSignal } = {},
  ) {
    const { client, auth } = delivery;
    const { lines, logger } = taskLog();
    const outputs: Record<string, unknown> = {};
    const done = createPromoteAction({
      client,
      auth,
      appBaseUrl: 'https://portal.example.com',
      pollMs: 10,
    }).handler({
      ...createMockActionContext({
        logger,
        input: {
          items: [{ componentRef, version: '1.0.0' }],
          toStage: 'production',
          reason: 'The sale',
          wait: options.wait,
        },
      }),
      signal: options.signal,
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ada'),
      isDryRun: options.isDryRun,
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    return { done, outputs, lines };
  }

  it('promotes in the name of the caller, and ends when that is through', async () => {
    const { done, lines, outputs } = promote();
    await done;
    expect(outputs).toEqual({
      promotionId: 'promotion-1',
      promotionUrl: url,
      phase: 'succeeded',
    });
    expect(lines.at(-1)).toBe('Through');
    expect(delivery.standIn.changes).toEqual([
      {
        request: 'POST /promotions',
        caller: 'user:default/ada',
        idempotencyKey: expect.stringMatching(/^scaffolder:mock-task-id:/),
        body: {
          items: [{ componentRef, releaseId: 'release-1' }],
          toStage: 'production',
          reason: 'The sale',
        },
      },
    ]);
  });

  it('says once for each stage what it waits for', async () => {
    const gates = { phase: 'running', waitingFor: 'gates' } as const;
    delivery.standIn.promotionScript = [
      gates,
      gates,
      gates,
      { phase: 'succeeded', finishedAt: 'now' },
    ];
    const { done, lines } = promote();
    await done;
    expect(lines.filter(line => line.includes('waits for'))).toEqual([
      `The promotion waits for its gates in Production: ${url}`,
    ]);
  });

  it('fails when the promotion fails, and says why', async () => {
    delivery.standIn.promotionScript = [
      { phase: 'failed', message: 'Staging: errors', finishedAt: 'now' },
    ];
    await expect(promote().done).rejects.toMatchObject({
      name: 'RolloutFailedError',
      message: expect.stringContaining('failed: Staging: errors'),
    });
  });

  it('aborts the promotion when the task is cancelled', async () => {
    delivery.standIn.promotionScript = [{ phase: 'running' }];
    const controller = new AbortController();
    const { done, lines } = promote({ signal: controller.signal });
    const outcome = done.then(() => undefined, String);
    while (!lines.some(line => line.includes('page')))
      await new Promise(resolve => {
        setTimeout(resolve, 10);
      });
    controller.abort();
    expect(await outcome).toContain('The task was cancelled');
    expect(delivery.standIn.changes[1]).toMatchObject({
      request: 'POST /promotions/promotion-1/abort',
      caller: 'user:default/ada',
    });
  });

  it('need not wait, and changes nothing when it is only tried', async () => {
    const { done, outputs } = promote({ wait: false });
    await done;
    expect(outputs.phase).toBe('succeeded');
    const tried = promote({ isDryRun: true });
    await tried.done;
    expect(tried.lines[0]).toContain(
      'Would promote component:default/checkout 1.0.0 to production',
    );
    expect(delivery.standIn.changes).toHaveLength(1);
  });
});
