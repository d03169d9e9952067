import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { startDelivery } from '../__testUtils__/startDelivery';
import { taskLog } from '../__testUtils__/taskLog';
import { createRollBackAction } from './rollBack';

describe('slipway:rollback', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  beforeEach(async () => {
    delivery = await startDelivery();
  });
  afterEach(() => delivery.backend.stop());

  async function rollBack(options: { isDryRun?: boolean } = {}) {
    const { client, auth } = delivery;
    const { lines, logger } = taskLog();
    const outputs: Record<string, unknown> = {};
    await createRollBackAction({
      client,
      auth,
      appBaseUrl: 'https://portal.example.com',
      pollMs: 10,
    }).handler({
      ...createMockActionContext({
        logger,
        input: {
          componentRef: 'component:default/checkout',
          environment: 'production',
          toReleaseId: 'release-1',
          reason: 'Payments fail',
        },
      }),
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ada'),
      isDryRun: options.isDryRun,
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    return { outputs, lines };
  }

  it('brings the environment back in the name of the caller', async () => {
    const { outputs, lines } = await rollBack();
    expect(outputs).toMatchObject({
      rolloutId: 'rollback-1',
      phase: 'succeeded',
    });
    expect(lines.at(-1)).toBe(
      'component:default/checkout in production is back',
    );
    expect(delivery.standIn.changes).toMatchObject([
      {
        request: 'POST /rollbacks',
        caller: 'user:default/ada',
        body: {
          componentRef: 'component:default/checkout',
          environmentRef: 'resource:default/production',
          toReleaseId: 'release-1',
          reason: 'Payments fail',
        },
      },
    ]);
  });

  it('is done as well when a rollout under way was aborted for it', async () => {
    delivery.standIn.rollbackKind = 'rollout';
    delivery.standIn.script = ['rollingBack', 'aborted'];
    expect((await rollBack()).outputs.phase).toBe('aborted');
  });

  it.each<[Rollout['kind'], Rollout['phase']]>([
    ['rollback', 'aborted'],
    ['rollout', 'succeeded'],
  ])('fails when a %s ends as %s', async (kind, phase) => {
    delivery.standIn.rollbackKind = kind;
    delivery.standIn.script = [phase];
    await expect(rollBack()).rejects.toMatchObject({
      name: 'RolloutFailedError',
      message: expect.stringContaining('was not brought back'),
    });
  });

  it('changes nothing in a dry run', async () => {
    const { lines } = await rollBack({ isDryRun: true });
    expect(lines).toEqual([
      'Would bring component:default/checkout in production back to release-1',
    ]);
    expect(delivery.standIn.changes).toEqual([]);
  });
});
