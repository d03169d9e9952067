import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { ScalingChange } from '@slipway/backstage-plugin-scaling-common';
import type { AddressInfo } from 'node:net';
// The real plugin on the other side of the client, with a runtime that it brings for its own tests.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import {
  checkout,
  DeliveryCalls,
  staging,
  waitsHalfWay,
} from '../../delivery-backend/src/__testUtils__/DeliveryCalls';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { startDelivery } from '../../delivery-backend/src/__testUtils__/startDelivery';
import { startScaling } from './__testUtils__/startScaling';
import { observed } from './__testUtils__/TestProvider';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const inStaging = {
  environmentRef: staging,
  strategy: { rolling: {} },
};

describe.each(databases.eachSupportedId())(
  'changes of what delivery runs, on %s',
  databaseId => {
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    let scaling: Awaited<ReturnType<typeof startScaling>>;
    let target: string;
    const calls = new DeliveryCalls(() => delivery.server);

    beforeEach(async () => {
      delivery = await startDelivery(await databases.init(databaseId));
      const { port } = delivery.server.address() as AddressInfo;
      scaling = await startScaling(
        await databases.init(databaseId),
        mockServices.permissions.factory(),
        [
          mockServices.discovery.mock({
            getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
          }).factory,
        ],
      );
      await calls.rollOut(await calls.release('1.0.0'), {
        ...inStaging,
        replicas: 2,
      });
      scaling.provider.shows.staging = [
        observed('checkout', { driver: { kind: 'fixed' }, delivered: true }),
      ];
      await scaling.look();
      const { body } = await scaling.get('/targets');
      target = body.items[0].id;
    });

    afterEach(async () => {
      await scaling?.stop();
      await delivery?.backend.stop();
    });

    const replicas = async () => {
      const { body } = await calls.get(
        `/deployments?componentRef=${checkout}&environmentRef=${staging}`,
      );
      return body.items[0].replicas;
    };

    async function until(
      id: string,
      wanted: (change: ScalingChange) => boolean,
    ): Promise<ScalingChange> {
      const end = Date.now() + 30_000;
      for (;;) {
        const { body } = await scaling.get(`/changes/${id}`);
        if (wanted(body)) return body;
        if (Date.now() > end)
          throw new Error(`It is still ${JSON.stringify(body)}`);
        await new Promise(resolve => {
          setTimeout(resolve, 100);
        });
      }
    }

    const scale = (count: number) =>
      scaling.post(`/targets/${target}/scale`, {
        replicas: count,
        reason: 'A load test',
      });

    it('are delivery’s to make, so that its record agrees and later releases keep the number', async () => {
      const { body } = await scale(5);
      expect(body.via).toBe('delivery');
      const active = await until(body.id, ({ phase }) => phase === 'active');
      expect(active).toMatchObject({
        before: { driver: 'fixed', replicas: 2 },
        wanted: { driver: 'fixed', replicas: 5 },
      });
      expect(await replicas()).toBe(5);
      const rollouts = await calls.get('/rollouts?withScaling=true');
      expect(rollouts.body.items[0]).toMatchObject({
        kind: 'scale',
        reason: 'A load test',
        replicas: 5,
      });
      const later = await calls.rollOut(
        await calls.release('2.0.0'),
        inStaging,
      );
      expect(later.replicas).toBe(5);
      await scaling.post(`/changes/${body.id}/end`, { reason: 'enough' });
      expect(
        await until(body.id, ({ phase }) => phase === 'ended'),
      ).toMatchObject({ outcome: { kind: 'restored' } });
      expect(await replicas()).toBe(2);
    });

    it('wait for a rollout that is under way, and say so', async () => {
      const canary = await calls.start(await calls.release('2.0.0'), {
        ...inStaging,
        strategy: waitsHalfWay,
      });
      await calls.paused(canary);
      const { body } = await scale(3);
      const waiting = await until(body.id, ({ waitsFor }) => Boolean(waitsFor));
      expect(waiting).toMatchObject({
        phase: 'applying',
        waitsFor: expect.stringContaining(canary),
      });
      await calls.post(`/rollouts/${canary}/promote`, {});
      await calls.ended(canary);
      await until(body.id, ({ phase }) => phase === 'active');
      expect(await replicas()).toBe(3);
    });

    it('leave alone what a release has changed meanwhile', async () => {
      const { body } = await scale(4);
      await until(body.id, ({ phase }) => phase === 'active');
      await calls.rollOut(await calls.release('2.0.0'), {
        ...inStaging,
        replicas: 7,
      });
      await scaling.post(`/changes/${body.id}/end`, { reason: 'enough' });
      expect(
        await until(body.id, ({ phase }) => phase === 'ended'),
      ).toMatchObject({
        outcome: { kind: 'left', found: { driver: 'fixed', replicas: 7 } },
      });
      expect(await replicas()).toBe(7);
    });
  },
);
