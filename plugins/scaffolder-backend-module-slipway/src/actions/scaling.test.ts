import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { ScalingClient } from '@slipway/backstage-plugin-scaling-common';
import type { AddressInfo } from 'node:net';
// The real plugins on the other side of the client.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { startDelivery } from '../../../delivery-backend/src/__testUtils__/startDelivery';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { startScaling } from '../../../scaling-backend/src/__testUtils__/startScaling';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { observed } from '../../../scaling-backend/src/__testUtils__/TestProvider';
import { taskLog } from '../__testUtils__/taskLog';
import { createApplyScalingPolicyAction } from './applyScalingPolicy';
import { createScaleAction } from './scale';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const where = {
  componentRef: 'component:default/checkout',
  environment: 'staging',
};
const policy = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'ScalingPolicy',
  metadata: { name: 'web' },
  spec: {
    replicas: { staging: { min: 2, max: 6 } },
    metrics: [{ type: 'cpu', targetUtilization: 70 }],
  },
};

describe('scaling from templates', () => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  let scaling: Awaited<ReturnType<typeof startScaling>>;
  let options: {
    scalingClient: ScalingClient;
    auth: ReturnType<typeof mockServices.auth>;
    pollMs: number;
  };

  beforeEach(async () => {
    delivery = await startDelivery(await databases.init('SQLITE_3'));
    const addressOf = (server: { address(): unknown }) =>
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    scaling = await startScaling(
      await databases.init('SQLITE_3'),
      mockServices.permissions.factory(),
      [
        mockServices.discovery.mock({
          getBaseUrl: async id => `${addressOf(delivery.server)}/${id}`,
        }).factory,
      ],
    );
    scaling.provider.shows.staging = [
      observed('checkout', { driver: { kind: 'fixed' } }),
    ];
    scaling.provider.control.settings.set('staging Deployment/checkout', {
      driver: 'fixed',
      replicas: 2,
    });
    await scaling.look();
    options = {
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      pollMs: 20,
      scalingClient: new ScalingClient({
        discoveryApi: {
          getBaseUrl: async () => `${addressOf(scaling.server)}/scaling`,
        },
      }),
    };
  });

  afterEach(async () => {
    await scaling?.stop();
    await delivery?.backend.stop();
  });

  const now = () =>
    scaling.provider.control.settings.get('staging Deployment/checkout');

  function context<Input extends object>(input: Input, isDryRun = false) {
    const outputs: Record<string, unknown> = {};
    return {
      outputs,
      ctx: {
        ...createMockActionContext({ logger: taskLog().logger, input }),
        getInitiatorCredentials: async () =>
          mockCredentials.user('user:default/ada'),
        isDryRun,
        output: (name: string, value: unknown) => {
          outputs[name] = value;
        },
      } as never,
    };
  }

  it('sets the number of replicas in the name of whoever runs the task, and waits until they are set', async () => {
    const { ctx, outputs } = context({
      ...where,
      replicas: 5,
      until: new Date(Date.now() + 3_600_000).toISOString(),
      reason: 'A load test',
    });
    await createScaleAction(options).handler(ctx);
    expect(now()).toEqual({ driver: 'fixed', replicas: 5 });
    const { body } = await scaling.get(`/changes/${outputs.changeId}`);
    expect(body).toMatchObject({
      phase: 'active',
      requestedBy: 'user:default/ada',
      reason: 'A load test',
    });
  });

  it('changes nothing in a dry run, and names the workloads that there are', async () => {
    const dry = context({ ...where, replicas: 5, reason: 'x' }, true);
    await createScaleAction(options).handler(dry.ctx);
    expect(dry.outputs.changeId).toBe('dry-run');
    expect(now()).toEqual({ driver: 'fixed', replicas: 2 });
    const other = context({
      ...where,
      workload: 'Deployment/other',
      replicas: 5,
      reason: 'x',
    });
    await expect(createScaleAction(options).handler(other.ctx)).rejects.toThrow(
      'called Deployment/other was seen in staging; there is Deployment/checkout',
    );
  });

  it('applies a policy and waits until it works; what the API refuses fails the task', async () => {
    const { ctx, outputs } = context({ ...where, policy, reason: 'By load' });
    await createApplyScalingPolicyAction(options).handler(ctx);
    expect(outputs).toMatchObject({ approvals: [] });
    expect(now()).toMatchObject({
      driver: 'hpa',
      minReplicas: 2,
      maxReplicas: 6,
    });
    const wrong = context({
      ...where,
      policy: { ...policy, spec: { ...policy.spec, metrics: [] } },
      reason: 'By load',
    });
    await expect(
      createApplyScalingPolicyAction(options).handler(wrong.ctx),
    ).rejects.toThrow('/policy/spec/metrics');
  });
});
