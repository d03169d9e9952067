import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type { JsonObject } from '@backstage/types';
import {
  type UsageSource,
  usageSourcesExtensionPoint,
} from '@slipway/backstage-plugin-scaling-node';
import { startScaling } from '../__testUtils__/startScaling';
import { observed } from '../__testUtils__/TestProvider';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** Recorded that one replica uses a fifth of a core, every five minutes. */
const recorder: UsageSource = {
  name: 'test',
  title: 'Test',
  usage: async (_target, { from, to }) => ({
    stepSeconds: 300,
    containers: [
      {
        container: 'app',
        cpu: [
          {
            replica: 'a',
            points: Array.from(
              { length: (to - from) / 300_000 },
              (_, index) => ({
                at: from + index * 300_000,
                value: 0.2,
              }),
            ),
          },
        ],
        memory: [],
      },
    ],
  }),
};

describe('actions', () => {
  it('list and describe workloads, and scale them as the REST API does', async () => {
    const registry = actionsRegistryServiceMock();
    const scaling = await startScaling(
      await databases.init('SQLITE_3'),
      mockServices.permissions.factory(),
      [
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
        createBackendModule({
          pluginId: 'scaling',
          moduleId: 'recorder',
          register: env =>
            env.registerInit({
              deps: { usage: usageSourcesExtensionPoint },
              init: async ({ usage }) => usage.addSource(recorder),
            }),
        }),
      ],
    );
    scaling.provider.shows.staging = [
      observed('checkout', {
        driver: { kind: 'fixed' },
        containers: [{ name: 'app', requests: { cpuCores: 1 }, limits: {} }],
      }),
    ];
    scaling.provider.control.settings.set('staging Deployment/checkout', {
      driver: 'fixed',
      replicas: 2,
    });
    await scaling.look();
    const credentials = mockCredentials.user('user:default/ada');
    const invoke = async (id: string, input: object) => {
      const { output } = await registry.invoke({
        id: `test:${id}`,
        input: input as never,
        credentials,
      });
      return output as JsonObject;
    };
    const { items } = await invoke('list-scaling-targets', {});
    expect(items).toMatchObject([
      { componentRef: 'component:default/checkout', drivenBy: 'fixed' },
    ]);
    const [{ targetId }] = items as Array<{ targetId: string }>;
    const change = await invoke('scale-target', {
      targetId,
      replicas: 4,
      reason: 'A load test',
    });
    expect(change).toMatchObject({ kind: 'scale', replicas: 4 });
    const described = await invoke('describe-scaling-target', { targetId });
    expect(described).toMatchObject({
      bounds: { min: 1, max: 20 },
      allowedActions: { scale: { allowed: true } },
      changes: [{ changeId: change.changeId, requestedBy: 'user:default/ada' }],
    });
    const sized = await invoke('right-size-scaling-target', { targetId });
    expect(sized).toMatchObject({
      containers: [
        {
          container: 'app',
          resources: [
            {
              resource: 'cpu',
              request: 1,
              recommended: 0.23,
              verdict: 'lower',
            },
          ],
        },
      ],
      noSaving: expect.stringMatching(/No prices/),
    });
    await expect(
      invoke('scale-target', { targetId, replicas: 400, reason: 'x' }),
    ).rejects.toThrow('must be between 1 and 20 in staging');
    await expect(
      invoke('apply-scaling-policy', {
        targetId,
        policy: 'kind: ScalingPolicy',
        reason: 'x',
      }),
    ).rejects.toThrow('/policy/spec');
    await scaling.stop();
  });
});
