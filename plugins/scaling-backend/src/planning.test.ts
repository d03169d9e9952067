import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { stringify } from 'yaml';
import { policy } from './__testUtils__/policy';
import { observed } from './__testUtils__/TestProvider';
import { TestScaling } from './__testUtils__/TestScaling';
import { DemandStore } from './database/DemandStore';
import { HistoryStore } from './database/HistoryStore';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const minute = 60_000;
const hour = 60 * minute;

const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout' },
    spec: {},
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'production' },
    spec: { type: 'environment', tier: 'production', runtime: 'test' },
  },
];
const config = {
  scaling: {
    prices: { currency: 'EUR', cpuCoreHour: 0.04, memoryGiBHour: 0.01 },
  },
};
const resources = { cpuCores: 0.5, memoryBytes: 2 ** 30 };
const cpu = {
  name: 'cpu',
  current: '40 %',
  target: '80 %',
  ratio: 0.5,
  utilization: 40,
  average: 0.2,
};
const byCpu = policy({
  replicas: { production: { min: 1, max: 10 } },
  metrics: [{ type: 'cpu', targetUtilization: 80 }],
});

describe.each(databases.eachSupportedId())(
  'planning of replicas on %s',
  databaseId => {
    let knex: Knex;
    let scaling: TestScaling;
    let id: string;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      scaling = await TestScaling.start({ knex, entities, config });
      scaling.provider.shows.production = [
        observed('checkout', { metrics: [cpu], resources }),
      ];
      await scaling.look();
      ({ id } = (await scaling.get('/targets')).body.items[0]);
    });

    afterEach(() => scaling.stop());

    const whatIf = (body: object) =>
      scaling.post(`/targets/${id}/what-if`, body);

    /** As if it had been looked at once a step since so long ago. */
    async function past(
      hours: number,
      stepMs: number,
      at: (index: number) => { replicas: number; load?: number },
    ) {
      const now = Date.now();
      await knex.transaction(async tx => {
        for (let index = 0; index < (hours * hour) / stepMs; index++) {
          const instant = now - hours * hour + index * stepMs;
          const { load, replicas } = at(index);
          await HistoryStore.addLook(tx, id, { at: instant, replicas, load });
          await DemandStore.addLook(
            tx,
            id,
            instant,
            load === undefined
              ? []
              : [
                  {
                    metric: 'cpu',
                    unit: 'percent',
                    total: load * 80 * replicas,
                  },
                  { metric: 'cpu', unit: 'number', total: load * replicas },
                ],
          );
        }
      });
    }

    it('keeps what all replicas had to do together, by metric, and what one requests', async () => {
      scaling.provider.shows.production = [
        observed('checkout', {
          currentReplicas: 4,
          metrics: [{ ...cpu, utilization: 80, average: 0.4 }],
          resources,
        }),
      ];
      await scaling.look();
      const demands = await new DemandStore(knex).byStep(id, {
        stepSeconds: 900,
        since: new Date(0).toISOString(),
      });
      // Two looks, of 2 replicas at 40 % and of 4 at 80 %, unless a quarter of an hour ended in between.
      const all = [...demands.values()].flat();
      const sum = (unit: string) =>
        all
          .filter(one => one.unit === unit)
          .reduce((total, one) => total + one.total, 0) / demands.size;
      expect(sum('percent')).toBeCloseTo((2 * 40 + 4 * 80) / 2, 8);
      expect(sum('number')).toBeCloseTo((2 * 0.2 + 4 * 0.4) / 2, 8);
      expect((await scaling.get(`/targets/${id}`)).body.resources).toEqual(
        resources,
      );
    });

    it('tells how a policy would have fared, from a document as value or as YAML', async () => {
      await past(2, minute, index => ({
        replicas: 4,
        load: index < 60 ? 1 : 2,
      }));
      const answer = await whatIf({ policy: byCpu, hours: 2 });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        stepSeconds: 60,
        startupSeconds: 30,
        startupAssumed: true,
        price: { currency: 'EUR', perReplicaHour: expect.closeTo(0.03, 10) },
        recorded: { peakReplicas: 4 },
        simulated: { peakReplicas: 8, secondsOver: 30 },
      });
      const { recorded, simulated } = answer.body;
      expect(recorded.secondsOver).toBeGreaterThan(3400);
      expect(recorded.cost).toBeCloseTo(recorded.replicaHours * 0.03, 8);
      expect(simulated.replicaHours).toBeGreaterThan(11.5);
      expect(simulated.replicaHours).toBeLessThan(12.5);
      const asText = await whatIf({
        policy: stringify(byCpu),
        hours: 2,
        startupSeconds: 0,
      });
      expect(asText.body).toMatchObject({
        startupAssumed: false,
        simulated: { secondsOver: 0 },
      });
      // Longer ago it goes by the quarter of an hour.
      expect((await whatIf({ policy: byCpu, hours: 48 })).body).toMatchObject({
        stepSeconds: 900,
      });
    });

    it('refuses by field what it cannot reckon', async () => {
      const refused = async (body: object) => {
        const answer = await whatIf(body);
        expect(answer.status).toBe(400);
        return answer.body.errors;
      };
      expect(await refused({ hours: 2 })).toMatchObject([
        { pointer: expect.stringContaining('policy') },
      ]);
      expect(await refused({ policy: byCpu, hours: 721 })).toMatchObject([
        { pointer: expect.stringContaining('hours') },
      ]);
      expect(
        await refused({ policy: 'kind: ScalingPolicy\napiVersion: v1' }),
      ).toContainEqual({
        pointer: '/policy/apiVersion',
        detail: 'line 2: must be one of slipway.dev/v1alpha1',
      });
      expect(
        await refused({
          policy: policy({ replicas: { staging: { min: 1, max: 2 } } }),
        }),
      ).toEqual([
        {
          pointer: '/policy/spec/replicas',
          detail: 'has no limits for production, which production is',
        },
      ]);
      expect(
        await refused({
          policy: policy({ metrics: [{ type: 'queueLength', target: 3 }] }),
        }),
      ).toEqual([
        {
          pointer: '/policy/spec/metrics/0',
          detail:
            'nothing was recorded of queueLength in this time; recorded were: cpu, cpu in percent',
        },
      ]);
      expect((await whatIf({ policy: byCpu })).status).toBe(200);
      await knex('scaling_samples').delete();
      expect(await refused({ policy: byCpu })).toMatchObject([
        { pointer: '/hours' },
      ]);
    });

    it('says that cost is unknown where requests are', async () => {
      scaling.provider.shows.production = [
        observed('checkout', { metrics: [cpu], resources: { cpuCores: 1 } }),
      ];
      await scaling.look();
      const { body } = await whatIf({ policy: byCpu });
      expect(body.noPrice).toBe(
        'It is not known how much memory a replica requests',
      );
      expect(body.recorded).not.toHaveProperty('cost');
    });

    it('forecasts when the limit will be reached, or says what it lacks', async () => {
      const early = await scaling.get(`/targets/${id}/forecast`);
      expect(early.body).toMatchObject({
        refused: expect.stringMatching(/two weeks.*less than a day/),
        points: [],
        maxReplicas: 5,
      });
      // From 2 replicas' worth by 1 each week: 4 at the end of two weeks, 5 a week later.
      await past(15 * 24, hour, index => ({
        replicas: 4,
        load: (2 + index / 168) / 4,
      }));
      const { body } = await scaling.get(`/targets/${id}/forecast?days=10`);
      expect(body.refused).toBeUndefined();
      expect(body.trendPerWeek).toBeCloseTo(1, 1);
      expect(body.points.length).toBeGreaterThanOrEqual(240);
      const days = (Date.parse(body.reachesMaxAt) - Date.now()) / (24 * hour);
      expect(days).toBeGreaterThan(4);
      expect(days).toBeLessThan(8);
      expect(body.confidence).toBe(0.9);
    });

    it('says what is in the way, with its evidence', async () => {
      const path = `/targets/${id}/bottlenecks`;
      // Nothing records usage here; usage.test.ts has a source.
      const notLookedAt = expect.stringMatching(/add a source of usage/);
      expect((await scaling.get(path)).body).toEqual({
        items: [],
        notLookedAt,
      });
      await past(1, minute, () => ({ replicas: 5, load: 1.5 }));
      expect((await scaling.get(path)).body).toEqual({
        notLookedAt,
        items: [
          {
            kind: 'atMaximum',
            evidence: expect.stringMatching(
              /^For (59|60|61) of the last (60|61|62) known minutes .* at 150 %, with all 5 replicas/,
            ),
            action: expect.stringContaining('Raise the maximum'),
          },
        ],
      });
    });

    it('is for those who may see the target', async () => {
      const paths = ['/targets/unknown', `/targets/${id}`];
      for (const what of ['forecast', 'bottlenecks'])
        expect((await scaling.get(`${paths[0]}/${what}`)).status).toBe(404);
      expect(
        (await scaling.post(`${paths[0]}/what-if`, { policy: byCpu })).status,
      ).toBe(404);
      scaling.allowed = false;
      for (const what of ['forecast', 'bottlenecks'])
        expect((await scaling.get(`${paths[1]}/${what}`)).status).toBe(403);
      const refused = await scaling.post(`${paths[1]}/what-if`, {
        policy: byCpu,
      });
      expect(refused.status).toBe(403);
      expect(refused.body.detail).toContain('scaling.target.read');
    });

    it('forgets demand as it forgets replicas', async () => {
      await past(31 * 24, 12 * hour, () => ({ replicas: 1, load: 1 }));
      await scaling.purge();
      const steps = async (stepSeconds: number) =>
        (
          await new DemandStore(knex).byStep(id, {
            stepSeconds,
            since: new Date(0).toISOString(),
          })
        ).size;
      expect(await steps(60)).toBeLessThanOrEqual(4);
      const kept = await steps(900);
      expect(kept).toBeGreaterThanOrEqual(59);
      expect(kept).toBeLessThanOrEqual(61);
    });

    it('has a migration that goes down and up again, and leaves the rest', async () => {
      const directory = `${__dirname}/../migrations`;
      await knex.migrate.down({
        directory,
        name: '20261127160000_demand.js',
      } as Knex.MigratorConfig);
      expect(await knex.schema.hasTable('scaling_demand')).toBe(false);
      expect(await knex('scaling_targets')).toHaveLength(1);
      await knex.migrate.latest({ directory });
      expect(await knex.schema.hasTable('scaling_demand')).toBe(true);
      await scaling.look();
      expect(await knex('scaling_demand')).not.toHaveLength(0);
    });
  },
);
