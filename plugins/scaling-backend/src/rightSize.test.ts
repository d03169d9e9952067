import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { deliveryRuntimesExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import {
  type UsageSource,
  usageSourcesExtensionPoint,
} from '@slipway/backstage-plugin-scaling-node';
import type { AddressInfo } from 'node:net';
// The real plugin on the other side of the client, with a runtime that it brings for its own tests.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import {
  checkout,
  DeliveryCalls,
  staging,
} from '../../delivery-backend/src/__testUtils__/DeliveryCalls';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { Grants } from '../../delivery-backend/src/__testUtils__/Grants';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { startDelivery } from '../../delivery-backend/src/__testUtils__/startDelivery';
import { startScaling } from './__testUtils__/startScaling';
import { observed } from './__testUtils__/TestProvider';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const MiB = 2 ** 20;
const containers = [
  {
    name: 'app',
    requests: { cpuCores: 1, memoryBytes: 1024 * MiB },
    limits: { memoryBytes: 1024 * MiB },
    ofRelease: true,
  },
];

/** An artifact of which can be said what a copy requests, as of container images. */
const sizable = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'sizable',
  register: env =>
    env.registerInit({
      deps: { runtimes: deliveryRuntimesExtensionPoint },
      init: async ({ runtimes }) =>
        runtimes.addArtifactKind({
          kind: 'sizable',
          title: 'Sizable',
          schema: {
            type: 'object',
            required: ['name'],
            additionalProperties: false,
            properties: {
              name: { type: 'string' },
              cores: { type: 'string', 'x-requests': 'cpu' },
              ram: { type: 'string', 'x-requests': 'memory' },
            },
          },
          resolve: async spec => ({
            kind: 'sizable',
            reference: String(spec.name),
            digest: `sha256:${'a'.repeat(64)}`,
            spec,
          }),
        }),
    }),
});

describe.each(databases.eachSupportedId())(
  'right-sizing of what delivery runs, on %s',
  databaseId => {
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    let scaling: Awaited<ReturnType<typeof startScaling>>;
    let target: string;
    let cores: number;
    const grants = new Grants();
    const calls = new DeliveryCalls(() => delivery.server);

    /** Every replica uses so much all the time. */
    const recorder: UsageSource = {
      name: 'test',
      title: 'Test',
      usage: async (_target, { from, to }) => {
        const series = (value: number) => [
          {
            replica: 'a',
            points: Array.from(
              { length: (to - from) / 300_000 },
              (_, index) => ({ at: from + index * 300_000, value }),
            ),
          },
        ];
        return {
          stepSeconds: 300,
          containers: [
            {
              container: 'app',
              cpu: series(cores),
              memory: series(300 * MiB),
            },
          ],
        };
      },
    };

    async function release(spec: object): Promise<string> {
      const { body } = await calls.post('/releases', {
        componentRef: checkout,
        version: '1.0.0',
        artifact: { kind: 'sizable', spec },
        configuration: { values: { GREETING: 'hello' } },
      });
      return body.id;
    }

    beforeEach(async () => {
      cores = 0.2;
      delivery = await startDelivery(
        await databases.init(databaseId),
        grants.feature,
        { features: [sizable] },
      );
      delivery.runtime.artifactKinds.push('sizable');
      const { port } = delivery.server.address() as AddressInfo;
      scaling = await startScaling(
        await databases.init(databaseId),
        mockServices.permissions.factory(),
        [
          mockServices.discovery.mock({
            getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
          }).factory,
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
      await calls.rollOut(
        await release({ name: 'web', cores: '1', ram: '1Gi' }),
        {
          environmentRef: staging,
          strategy: { rolling: {} },
          replicas: 2,
        },
      );
      scaling.provider.shows.staging = [
        observed('checkout', {
          driver: { kind: 'fixed' },
          delivered: true,
          containers,
        }),
      ];
      await scaling.look();
      target = (await scaling.get('/targets')).body.items[0].id;
    });

    afterEach(async () => {
      await scaling?.stop();
      await delivery?.backend.stop();
    });

    // 0.2 and 15 %; 300 MiB and 15 %, in steps of 8 MiB.
    const recommended = { cpuCores: 0.23, memoryBytes: 352 * MiB };
    const apply = (body: object, headers: Record<string, string> = {}) =>
      scaling.post(
        `/targets/${target}/right-size`,
        { reason: 'It asks for too much', ...body },
        headers,
      );

    it('rolls out what runs with the recommended requests, as a release of its own, once', async () => {
      const headers = { 'Idempotency-Key': 'once' };
      const { body, status } = await apply(recommended, headers);
      expect([status, body]).toEqual([
        201,
        {
          version: '1.0.0+sized.230m.352Mi',
          releaseId: expect.any(String),
          rolloutId: expect.any(String),
        },
      ]);
      const { body: sized } = await calls.get(`/releases/${body.releaseId}`);
      expect(sized).toMatchObject({
        artifact: {
          kind: 'sizable',
          digest: `sha256:${'a'.repeat(64)}`,
          spec: { name: 'web', cores: '230m', ram: '352Mi' },
        },
        configuration: { values: { GREETING: 'hello' } },
        notes: '1.0.0 with other requests: It asks for too much',
      });
      expect((await calls.ended(body.rolloutId)).phase).toBe('succeeded');

      // Nobody would recommend that again by now.
      scaling.provider.shows.staging = [
        observed('checkout', {
          driver: { kind: 'fixed' },
          delivered: true,
          containers: [{ ...containers[0], requests: recommended }],
        }),
      ];
      await scaling.look();
      const again = await apply(recommended, headers);
      expect([again.status, again.body]).toEqual([200, body]);
      expect((await apply(recommended)).status).toBe(409);
      const { body: rollouts } = await calls.get(
        `/rollouts?componentRef=${checkout}`,
      );
      expect(rollouts.items).toHaveLength(2);
    });

    it('sizes one resource alone, and what was sized before', async () => {
      const { body: first } = await apply({ cpuCores: 0.23 });
      expect(first.version).toBe('1.0.0+sized.230m.1Gi');
      await calls.ended(first.rolloutId);
      const { body: second } = await apply({ memoryBytes: 352 * MiB });
      expect(second.version).toBe('1.0.0+sized.230m.352Mi');
    });

    it('is refused when the recommendation has changed, for what delivery does not run, and for what cannot be said', async () => {
      cores = 0.5;
      for (const [asked, detail] of [
        [{ cpuCores: 0.23 }, /recommended of CPU is not this any more/],
        [{ memoryBytes: 512 * MiB }, /recommended of memory is not this/],
        [{}, /neither CPU nor memory/],
      ] as const) {
        const { body, status } = await apply(asked);
        expect([status, body.detail]).toEqual([
          409,
          expect.stringMatching(detail),
        ]);
      }
      expect((await apply({ cpuCores: -1 })).status).toBe(400);
      scaling.provider.shows.staging = [
        observed('checkout', {
          containers: [{ ...containers[0], ofRelease: undefined }],
        }),
      ];
      await scaling.look();
      expect((await apply(recommended)).body.detail).toMatch(
        /not rolled out by delivery: change its requests where it is declared/,
      );
    });

    it('says what delivery refuses, in its words', async () => {
      grants.refuse(
        'user:default/mock',
        permission => permission === 'delivery.release.create',
      );
      const { body, status } = await apply(recommended);
      grants.refuse('user:default/mock', () => false);
      expect([status, body.detail]).toEqual([
        403,
        expect.stringMatching(/release/),
      ]);
    });
  },
);
