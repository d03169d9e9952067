import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import { startScaling } from './__testUtils__/startScaling';
import { observed, type TestProvider } from './__testUtils__/TestProvider';
import { HistoryStore } from './database/HistoryStore';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('scaling on %s', databaseId => {
  let knex: Knex;
  let stop: () => Promise<void>;
  let get: Awaited<ReturnType<typeof startScaling>>['get'];
  let provider: TestProvider;
  let look: () => Promise<void>;
  let allowed = true;

  beforeEach(async () => {
    allowed = true;
    knex = await databases.init(databaseId);
    ({ get, look, provider, stop } = await startScaling(
      knex,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({
            result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          })),
        authorizeConditional: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      }).factory,
    ));
  });

  afterEach(() => stop());

  it('shows what a provider shows, and keeps replicas and load as history', async () => {
    provider.shows.production = [
      observed('checkout', {
        events: [
          {
            id: 'e1',
            at: '2026-01-01T00:00:00.000Z',
            severity: 'info',
            reason: 'SuccessfulRescale',
            message: 'New size: 2',
            count: 1,
          },
        ],
      }),
    ];
    await look();
    const { body } = await get('/targets');
    expect(body).toMatchObject({
      page: { totalItems: 1 },
      items: [
        {
          componentRef: 'component:default/checkout',
          environmentName: 'production',
          tier: 'production',
          workload: 'Deployment/checkout',
          driver: { kind: 'hpa', name: 'checkout' },
          currentReplicas: 2,
          load: 0.5,
          attention: false,
        },
      ],
    });
    const [{ id }] = body.items;
    provider.shows.production = [
      observed('checkout', {
        currentReplicas: 4,
        metrics: [{ name: 'cpu', target: '80 %' }],
      }),
    ];
    await look();
    const { body: history } = await get(`/targets/${id}/history?hours=1`);
    const looks = history.samples as Array<{ maxReplicas: number }>;
    expect(history.stepSeconds).toBe(60);
    expect(Math.max(...looks.map(({ maxReplicas }) => maxReplicas))).toBe(4);
    expect((await get(`/targets/${id}/events`)).body.items).toMatchObject([
      { reason: 'SuccessfulRescale' },
    ]);
    const { body: now } = await get(`/targets/${id}`);
    expect(now).toMatchObject({ currentReplicas: 4 });
    expect(now).not.toHaveProperty('load');
  });

  it('adds looks up by the minute and by the quarter of an hour, and forgets minutes first', async () => {
    provider.shows.production = [observed('checkout')];
    await look();
    const [{ id }] = (await get('/targets')).body.items;
    await knex('scaling_samples').delete();
    const store = new HistoryStore(knex);
    const at = Date.parse('2026-01-01T10:00:30Z');
    await knex.transaction(async tx => {
      await HistoryStore.addLook(tx, id, { at, replicas: 2, load: 0.5 });
      await HistoryStore.addLook(tx, id, { at: at + 10_000, replicas: 4 });
      await HistoryStore.addLook(tx, id, {
        at: at + 60_000,
        replicas: 6,
        load: 1.5,
      });
    });
    const since = '2026-01-01T00:00:00.000Z';
    expect(await store.samples(id, { stepSeconds: 60, since })).toEqual([
      {
        at: '2026-01-01T10:00:00.000Z',
        replicas: 3,
        maxReplicas: 4,
        load: 0.5,
      },
      {
        at: '2026-01-01T10:01:00.000Z',
        replicas: 6,
        maxReplicas: 6,
        load: 1.5,
      },
    ]);
    const whole = [
      { at: '2026-01-01T10:00:00.000Z', replicas: 4, maxReplicas: 6, load: 1 },
    ];
    expect(await store.samples(id, { stepSeconds: 900, since })).toEqual(whole);
    await HistoryStore.purge(knex, {
      minutes: '2026-01-01T11:00:00.000Z',
      rest: since,
    });
    expect(await store.samples(id, { stepSeconds: 60, since })).toEqual([]);
    expect(await store.samples(id, { stepSeconds: 900, since })).toEqual(whole);
  });

  it('keeps what it knew of an environment that does not answer, and says so', async () => {
    provider.shows.production = [observed('checkout')];
    provider.shows.staging = [observed('checkout')];
    await look();
    provider.shows.production = new Error('The cluster is gone');
    await look();
    const { body } = await get('/targets?attention=true');
    expect(body.items).toMatchObject([
      {
        environmentName: 'production',
        currentReplicas: 2,
        problem: 'The cluster is gone',
      },
    ]);
    expect((await get('/sources')).body.items).toMatchObject([
      { environmentName: 'development' },
      { environmentName: 'production', problem: 'The cluster is gone' },
      { environmentName: 'staging' },
    ]);
    provider.shows.production = [];
    await look();
    expect((await get('/targets')).body.items).toMatchObject([
      { environmentName: 'staging' },
    ]);
    expect((await get('/sources')).body.items[1]).not.toHaveProperty('problem');
  });

  it('filters, sorts and pages, with what is unknown below everything else', async () => {
    provider.shows.production = [
      observed('checkout'),
      observed('ledger', { currentReplicas: 7, driver: { kind: 'fixed' } }),
      observed('search', { currentReplicas: undefined, metrics: [] }),
    ];
    await look();
    const order = async (query: string) => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await get(
          `/targets?limit=1&${query}${cursor && `&cursor=${cursor}`}`,
        );
        for (const { componentTitle } of body.items) seen.push(componentTitle);
        cursor = body.page.nextCursor ?? '';
      } while (cursor);
      return seen.join(' ');
    };
    expect(await order('sort=-replicas')).toBe('ledger checkout search');
    expect(await order('sort=replicas')).toBe('search checkout ledger');
    expect(await order('sort=-load')).toMatch(/search$/);
    expect(await order('sort=-component')).toBe('search ledger checkout');
    expect(await order('driver=fixed')).toBe('ledger');
    expect(await order('attention=true')).toBe('search');
    expect(await order('search=LEDG')).toBe('ledger');
    expect(await order('search=%25')).toBe('');
    expect(await order('componentRef=component:default/search')).toBe('search');
  });

  it('refuses bad requests by field, and people without the permission', async () => {
    const bad = await get('/targets?sort=colour');
    expect(bad.status).toBe(400);
    expect(bad.body.errors[0].pointer).toBe('sort');
    expect((await get('/targets?cursor=x')).body.errors[0].pointer).toBe(
      'cursor',
    );
    expect((await get('/targets/unknown/history')).status).toBe(404);
    allowed = false;
    for (const path of ['/targets', '/targets/a', '/sources']) {
      const refused = await get(path);
      expect(refused.status).toBe(403);
      expect(refused.body.detail).toContain('scaling.target.read');
    }
  });

  it('has migrations that go down and up again', async () => {
    const directory = `${__dirname}/../migrations`;
    await knex.migrate.rollback({ directory }, true);
    expect(await knex.schema.hasTable('scaling_targets')).toBe(false);
    await knex.migrate.latest({ directory });
    expect(await knex.schema.hasTable('scaling_samples')).toBe(true);
  });
});
