import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type {
  ScalingChange,
  ScalingPolicy,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import type { Knex } from 'knex';
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
import { policy } from './__testUtils__/policy';
import { startScaling } from './__testUtils__/startScaling';
import { observed } from './__testUtils__/TestProvider';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const inStaging = { environmentRef: staging, strategy: { rolling: {} } };
const atOnce = { scaleDown: { stabilizationWindowSeconds: 0 } };

/** 50 requests in a second for each of 1 to 6 replicas. */
const byRequests = (more: Partial<ScalingPolicy['spec']> = {}) =>
  policy({
    replicas: { staging: { min: 1, max: 6 } },
    metrics: [{ type: 'requestsPerReplica', target: 50 }],
    behavior: atOnce,
    ...more,
  });

/** Calls that are held up until the test lets them go. */
class Gate {
  /** The calls that come until this one go through. */
  after = Infinity;
  #calls = 0;
  #open?: () => void;
  #reached?: () => void;

  async pass(): Promise<void> {
    this.#calls += 1;
    if (this.#calls <= this.after) return;
    this.after = Infinity;
    this.#reached?.();
    await new Promise<void>(resolve => {
      this.#open = resolve;
    });
  }

  /** Holds the call that comes after so many; resolves when it is there. */
  hold(after: number): Promise<void> {
    this.#calls = 0;
    this.after = after;
    return new Promise(resolve => {
      this.#reached = resolve;
    });
  }

  open(): void {
    this.#open?.();
  }
}

describe.each(databases.eachSupportedId())(
  'policies that Slipway follows by itself, on %s',
  databaseId => {
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    let scaling: Awaited<ReturnType<typeof startScaling>>;
    let knex: Knex;
    let id: string;
    /** Requests in a second that all replicas have to do. */
    let load: number | undefined;
    /** Of every call of delivery. */
    let problem: Error | undefined;
    const calls = new DeliveryCalls(() => delivery.server);
    const others: Array<() => Promise<void>> = [];

    /** One replica of the backend; `before` runs before each of its calls of delivery. */
    async function start(before?: () => Promise<void>) {
      const { port } = delivery.server.address() as AddressInfo;
      const started = await startScaling(
        knex,
        mockServices.permissions.factory(),
        [
          mockServices.discovery.mock({
            getBaseUrl: async plugin => {
              await before?.();
              if (problem) throw problem;
              return `http://127.0.0.1:${port}/api/${plugin}`;
            },
          }).factory,
        ],
      );
      started.provider.load = {
        refusal: ({ type }) =>
          type === 'requestsPerReplica' ? undefined : `${type} is not measured`,
        measure: async () =>
          load === undefined
            ? { totals: {}, problem: 'The balancer does not answer' }
            : { totals: { requestsPerReplica: load } },
      };
      started.provider.shows.staging = [
        observed('checkout', {
          driver: { kind: 'fixed' },
          delivered: true,
          minReplicas: undefined,
          maxReplicas: undefined,
          metrics: [
            { name: 'requestsPerReplica', current: '25 /s', average: 25 },
          ],
        }),
      ];
      return started;
    }

    beforeEach(async () => {
      delivery = await startDelivery(await databases.init(databaseId));
      knex = await databases.init(databaseId);
      load = 100;
      problem = undefined;
      scaling = await start();
      await calls.rollOut(await calls.release('1.0.0'), {
        ...inStaging,
        replicas: 2,
      });
      await scaling.look();
      const { body } = await scaling.get('/targets');
      id = body.items[0].id;
    });

    afterEach(async () => {
      for (const stop of others.splice(0)) await stop();
      await scaling?.stop();
      await delivery?.backend.stop();
    });

    const deployment = async () =>
      (
        await calls.get(
          `/deployments?componentRef=${checkout}&environmentRef=${staging}`,
        )
      ).body.items[0];

    /** As delivery keeps it, when nothing is under way there. */
    async function replicas(): Promise<number> {
      for (const end = Date.now() + 30_000; Date.now() < end;) {
        const now = await deployment();
        if (!now.activeRolloutId) return now.replicas;
        await new Promise(resolve => {
          setTimeout(resolve, 50);
        });
      }
      throw new Error('A rollout does not end');
    }

    async function follow(): Promise<number> {
      await scaling.follow();
      return replicas();
    }

    async function until(
      changeId: string,
      wanted: ScalingChange['phase'],
    ): Promise<ScalingChange> {
      for (const end = Date.now() + 30_000; ;) {
        const { body } = await scaling.get(`/changes/${changeId}`);
        if (body.phase === wanted) return body;
        if (Date.now() > end)
          throw new Error(`It is still ${JSON.stringify(body)}`);
        await new Promise(resolve => {
          setTimeout(resolve, 100);
        });
      }
    }

    const ask = (document: ScalingPolicy) =>
      scaling.post(`/targets/${id}/policy`, {
        policy: document,
        reason: 'It follows the load',
      });

    async function applied(document = byRequests()): Promise<string> {
      const { body } = await ask(document);
      await until(body.id, 'active');
      return body.id;
    }

    async function shown(): Promise<ScalingTarget> {
      await scaling.look();
      return (await scaling.get(`/targets/${id}`)).body;
    }

    const why = async (type: string) =>
      (await shown()).conditions.find(condition => condition.type === type);

    it('go up with the load and down again, and say why', async () => {
      const change = await applied();
      expect((await scaling.get(`/changes/${change}`)).body).toMatchObject({
        via: 'delivery',
        before: { driver: 'fixed', replicas: 2 },
        limits: { min: 1, max: 6 },
      });
      expect(await follow()).toBe(2);
      load = 210;
      expect(await follow()).toBe(5);
      const [rollout] = (await calls.get('/rollouts?withScaling=true')).body
        .items;
      expect(rollout).toMatchObject({
        kind: 'scale',
        replicas: 5,
        reason:
          'Scaling policy web: requestsPerReplica is at 105 where 50 is wanted: 5 instead of 2',
      });
      expect((await scaling.get(`/targets/${id}/events`)).body.items).toEqual([
        expect.objectContaining({
          reason: 'SuccessfulRescale',
          message: expect.stringMatching(/^2 to 5: /),
        }),
      ]);
      expect(await shown()).toMatchObject({
        driver: { kind: 'slipway', name: 'web' },
        minReplicas: 1,
        maxReplicas: 6,
        metrics: [{ name: 'requestsPerReplica', target: '50', ratio: 0.5 }],
        load: 0.5,
        attention: false,
      });
      load = 1000;
      expect(await follow()).toBe(6);
      expect(await why('ScalingLimited')).toMatchObject({
        severity: 'warning',
        message: expect.stringContaining('asks for'),
      });
      load = 20;
      expect(await follow()).toBe(1);
      const listed = await scaling.get('/targets?driver=slipway');
      expect(listed.body.items).toHaveLength(1);
    });

    it('are refused by field where something is not measured', async () => {
      const { body, status } = await ask(
        byRequests({
          metrics: [
            { type: 'requestsPerReplica', target: 50 },
            { type: 'cpu', targetUtilization: 70 },
          ],
        }),
      );
      expect([status, body.errors]).toEqual([
        400,
        [{ pointer: '/policy/spec/metrics/1', detail: 'cpu is not measured' }],
      ]);
      expect((await scaling.get('/changes')).body.items).toEqual([]);
    });

    it('are tried again when delivery cannot be reached, and say so', async () => {
      await applied();
      load = 210;
      problem = new Error('Delivery is away');
      await scaling.follow();
      expect(await why('AbleToScale')).toMatchObject({
        reason: 'FailedUpdateScale',
        severity: 'error',
        message: expect.stringContaining('Delivery is away'),
      });
      problem = undefined;
      expect(await follow()).toBe(5);
      expect(await why('AbleToScale')).toBeUndefined();
    });

    it('never take away without a measurement, and say what is missing', async () => {
      await applied(byRequests({ replicas: { staging: { min: 1, max: 2 } } }));
      load = undefined;
      expect(await follow()).toBe(2);
      expect(await why('ScalingActive')).toMatchObject({
        reason: 'FailedGetMetric',
        message: expect.stringContaining('could not be measured'),
        detail: 'The balancer does not answer',
      });
      load = 0;
      expect(await follow()).toBe(1);
      expect(await why('ScalingActive')).toMatchObject({
        reason: 'ValidMetricFound',
      });
    });

    it('let who scales by hand go first', async () => {
      await applied();
      const byHand = await scaling.post(`/targets/${id}/scale`, {
        replicas: 4,
        reason: 'A load test',
      });
      await until(byHand.body.id, 'active');
      expect(byHand.body.via).toBe('delivery');
      load = 300;
      expect(await follow()).toBe(4);
      expect(await why('AbleToScale')).toMatchObject({
        reason: 'SetByHand',
        severity: 'info',
        message: expect.stringContaining('A load test'),
      });
      await scaling.post(`/changes/${byHand.body.id}/end`, { reason: 'over' });
      await until(byHand.body.id, 'ended');
      expect(await follow()).toBe(6);
    });

    it('put back what was before somebody had set it by hand', async () => {
      const byHand = await scaling.post(`/targets/${id}/scale`, {
        replicas: 4,
        reason: 'A load test',
      });
      await until(byHand.body.id, 'active');
      const { body } = await ask(byRequests());
      await until(body.id, 'applying');
      await scaling.post(`/changes/${byHand.body.id}/end`, { reason: 'over' });
      await until(body.id, 'active');
      expect(await replicas()).toBe(2);
      await scaling.post(`/changes/${body.id}/end`, { reason: 'No longer' });
      await until(body.id, 'ended');
      expect(await replicas()).toBe(2);
    });

    it('wait for a rollout that is under way', async () => {
      await applied();
      const canary = await calls.start(await calls.release('2.0.0'), {
        ...inStaging,
        strategy: waitsHalfWay,
      });
      await calls.paused(canary);
      load = 300;
      await scaling.follow();
      expect(await why('AbleToScale')).toMatchObject({
        reason: 'RolloutUnderWay',
        message: expect.stringContaining(canary),
      });
      await calls.post(`/rollouts/${canary}/promote`, {});
      await calls.ended(canary);
      expect(await follow()).toBe(6);
    });

    it('put back what was before, or leave as many as there are', async () => {
      const first = await applied();
      load = 210;
      expect(await follow()).toBe(5);
      await scaling.post(`/changes/${first}/end`, { reason: 'No longer' });
      expect(await until(first, 'ended')).toMatchObject({
        outcome: { kind: 'restored' },
      });
      expect(await follow()).toBe(2);
      expect((await shown()).driver).toEqual({ kind: 'fixed' });

      const second = await applied();
      expect(await follow()).toBe(5);
      await scaling.post(`/changes/${second}/end`, {
        reason: 'No longer',
        restore: false,
      });
      expect(await until(second, 'ended')).toMatchObject({
        outcome: { kind: 'left' },
      });
      load = 20;
      expect(await follow()).toBe(5);
    });

    it('remember over a restart how fast they may go', async () => {
      await applied(
        byRequests({
          behavior: {
            scaleUp: {
              policies: [{ type: 'Pods', value: 1, periodSeconds: 600 }],
            },
          },
        }),
      );
      load = 300;
      expect(await follow()).toBe(3);
      expect(await follow()).toBe(3);
      await scaling.stop();
      scaling = await start();
      expect(await follow()).toBe(3);
      expect(await why('ScalingActive')).toMatchObject({
        message: expect.stringContaining('3 at most so fast'),
      });
    });

    it('are not overtaken by a worker that is late with its look', async () => {
      await applied();
      const gate = new Gate();
      const late = await start(() => gate.pass());
      others.push(() => late.stop());
      // It has looked how many there are, and is held up before it asks for another number.
      const held = gate.hold(2);
      load = 120;
      const slow = late.follow();
      await held;
      load = 240;
      expect(await follow()).toBe(5);
      gate.open();
      await slow;
      expect(await replicas()).toBe(5);
    });

    it('are not carried out twice by two workers', async () => {
      await applied();
      const other = await start();
      others.push(() => other.stop());
      load = 300;
      await Promise.all([scaling.follow(), other.follow()]);
      expect(await replicas()).toBe(6);
      const { body } = await calls.get('/rollouts?withScaling=true');
      expect(
        body.items.filter(({ kind }: { kind: string }) => kind === 'scale'),
      ).toHaveLength(1);
    });
  },
);
