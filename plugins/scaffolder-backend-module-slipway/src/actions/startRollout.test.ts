import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { startDelivery } from '../__testUtils__/startDelivery';
import { taskLog } from '../__testUtils__/taskLog';
import { createStartRolloutAction } from './startRollout';

const componentRef = 'component:default/checkout';

describe('slipway:rollout:start', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  beforeEach(async () => {
    delivery = await startDelivery();
    await delivery.client.createRelease(
      {
        componentRef,
        version: '1.0.0',
        artifact: { kind: 'npm', spec: {} },
      },
      { token: mockCredentials.user.token() },
    );
    delivery.standIn.changes.length = 0;
  });
  afterEach(() => delivery.backend.stop());

  type Input = Parameters<
    ReturnType<typeof createStartRolloutAction>['handler']
  >[0]['input'];

  async function start(
    options: {
      input?: Partial<Input>;
      isDryRun?: boolean;
      signal?: AbortSignal;
      checkpoint?: { rolloutId: string };
    } = {},
  ) {
    const { client, auth } = delivery;
    const { lines, logger } = taskLog();
    const outputs: Record<string, unknown> = {};
    const action = createStartRolloutAction({
      client,
      auth,
      appBaseUrl: 'https://portal.example.com/',
      pollMs: 10,
    });
    const done = action.handler({
      ...createMockActionContext({
        logger,
        input: {
          componentRef,
          environment: 'development',
          releaseId: 'release-1',
          ...options.input,
        },
      }),
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ada'),
      isDryRun: options.isDryRun,
      signal: options.signal,
      checkpoint: async ({ fn }) =>
        (options.checkpoint as Awaited<ReturnType<typeof fn>>) ?? fn(),
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    return { done, outputs, lines };
  }

  async function until(condition: () => boolean) {
    while (!condition()) await new Promise(resolve => setTimeout(resolve, 10));
  }

  it('rolls out in the name of the caller, tells what happens, and ends when it runs', async () => {
    const { done, outputs, lines } = await start({
      input: { replicas: 2, reason: 'Because' },
    });
    await done;
    const url = 'https://portal.example.com/delivery/rollouts/rollout-1';
    expect(outputs).toEqual({
      rolloutId: 'rollout-1',
      rolloutUrl: url,
      phase: 'succeeded',
      address: 'http://127.0.0.1:4000',
    });
    expect(lines).toEqual([
      'Rolling 1.0.0 of component:default/checkout out to development',
      `The rollout's page: ${url}`,
      'The rollout is progressing',
      'The rollout is succeeded',
      'component:default/checkout runs in development at http://127.0.0.1:4000',
    ]);
    expect(delivery.standIn.changes).toEqual([
      {
        request: 'POST /rollouts',
        caller: 'user:default/ada',
        idempotencyKey: expect.stringMatching(/^scaffolder:mock-task-id:/),
        body: {
          componentRef,
          environmentRef: 'resource:default/development',
          releaseId: 'release-1',
          replicas: 2,
          reason: 'Because',
        },
      },
    ]);
  });

  it('finds a release by its version, and an environment by its reference', async () => {
    const { done, outputs } = await start({
      input: {
        releaseId: undefined,
        version: '1.0.0',
        environment: 'resource:default/staging',
      },
    });
    await done;
    expect(outputs.phase).toBe('succeeded');
  });

  it.each([
    [{ environment: 'moon' }, 'There is: development, staging, production'],
    [{ releaseId: undefined, version: '9.9.9' }, 'no release of version 9.9.9'],
    [{ version: '1.0.0' }, 'either releaseId or version'],
    [{ releaseId: undefined }, 'either releaseId or version'],
    [{ componentRef: 'component:default/other' }, 'is one of component:defa'],
  ])('refuses %p', async (input, reason) => {
    const { done } = await start({ input });
    await expect(done).rejects.toThrow(reason);
    expect(delivery.standIn.changes).toEqual([]);
  });

  it.each([
    ['default', undefined],
    ['rolling', { rolling: {} }],
    ['blueGreen', { blueGreen: {} }],
    ['canary', { canary: { steps: [{ setWeight: 10 }] } }],
    [{ rolling: { maxSurge: 2 } }, { rolling: { maxSurge: 2 } }],
  ] as const)('takes the strategy %p', async (strategy, sent) => {
    const { done } = await start({ input: { strategy } });
    await done;
    expect(delivery.standIn.changes[0].body).toHaveProperty('componentRef');
    expect(
      (delivery.standIn.changes[0].body as { strategy?: unknown }).strategy,
    ).toEqual(sent);
  });

  it('fails when it is rolled back, and says why and where', async () => {
    delivery.standIn.script = ['progressing', 'rolledBack'];
    const { done, outputs } = await start();
    await expect(done).rejects.toMatchObject({
      name: 'RolloutFailedError',
      message: expect.stringMatching(
        /rolled back: error rate 31 %\. See https:\/\/portal.*rollout-1/,
      ),
    });
    expect(outputs.phase).toBe('rolledBack');
  });

  it('says once that it waits for a person, and goes on waiting', async () => {
    delivery.standIn.script = ['paused', 'paused', 'paused', 'succeeded'];
    const { done, lines } = await start();
    await done;
    expect(lines.filter(line => line.includes('waits for a person'))).toEqual([
      'The rollout waits for a person: https://portal.example.com/delivery/rollouts/rollout-1',
    ]);
  });

  it('goes on when the API is away for a moment', async () => {
    delivery.standIn.outages = 3;
    const { done, lines, outputs } = await start();
    await done;
    expect(outputs.phase).toBe('succeeded');
    expect(lines.filter(line => line.includes('Trying again'))).toHaveLength(1);
  });

  it('gives up in time and leaves the rollout to itself', async () => {
    delivery.standIn.script = ['progressing'];
    const { done } = await start({ input: { timeoutSeconds: 0.1 } });
    await expect(done).rejects.toThrow(
      'still progressing after 0.1 s. It goes on by itself',
    );
    expect(delivery.standIn.changes).toHaveLength(1);
  });

  it('aborts the rollout when the task is cancelled', async () => {
    delivery.standIn.script = ['progressing'];
    const controller = new AbortController();
    const { done, lines } = await start({ signal: controller.signal });
    const outcome = done.then(() => undefined, String);
    await until(() => lines.includes('The rollout is progressing'));
    controller.abort();
    expect(await outcome).toContain('The task was cancelled');
    expect(delivery.standIn.changes[1]).toMatchObject({
      request: 'POST /rollouts/rollout-1/abort',
      caller: 'user:default/ada',
      body: { reason: 'task cancelled' },
    });
    expect(lines).toContain(
      'The task was cancelled, so the rollout was aborted',
    );
  });

  it('need not wait', async () => {
    delivery.standIn.script = ['progressing'];
    const { done, outputs } = await start({ input: { wait: false } });
    await done;
    expect(outputs.phase).toBe('progressing');
  });

  it('starts one rollout for a retried step', async () => {
    await (
      await start()
    ).done;
    await (
      await start()
    ).done;
    expect(delivery.standIn.rollouts).toHaveLength(1);
  });

  it('goes on with the rollout that a recovered task had started', async () => {
    await (
      await start()
    ).done;
    const { done, outputs } = await start({
      checkpoint: { rolloutId: 'rollout-1' },
    });
    await done;
    expect(outputs.rolloutId).toBe('rollout-1');
    expect(delivery.standIn.changes).toHaveLength(1);
  });

  it('starts nothing in a dry run, but says what would be refused', async () => {
    const { done, lines, outputs } = await start({ isDryRun: true });
    await done;
    expect(outputs.rolloutId).toBe('dry-run');
    expect(lines).toEqual([
      'Would roll release-1 of component:default/checkout out to development',
    ]);
    delivery.standIn.refusal = 'There is a freeze';
    const refused = await start({ isDryRun: true });
    await expect(refused.done).rejects.toThrow('There is a freeze');
    expect(delivery.standIn.changes).toEqual([]);
  });
});
