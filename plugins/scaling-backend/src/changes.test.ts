import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  ScalingChange,
  ScalingCloudEvent,
} from '@slipway/backstage-plugin-scaling-common';
import type { Knex } from 'knex';
import { startScaling } from './__testUtils__/startScaling';
import { observed } from './__testUtils__/TestProvider';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const conditional = (tiers: string[]): PolicyDecision => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'scaling',
  resourceType: 'scaling-target',
  conditions: {
    rule: 'HAS_ENVIRONMENT_TIER',
    resourceType: 'scaling-target',
    params: { tiers },
  },
});

describe.each(databases.eachSupportedId())('changes on %s', databaseId => {
  let knex: Knex;
  let scaling: Awaited<ReturnType<typeof startScaling>>;
  let tiers: string[];

  beforeEach(async () => {
    tiers = ['development', 'staging', 'production'];
    knex = await databases.init(databaseId);
    scaling = await startScaling(
      knex,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: async requests =>
          requests.map(({ permission }) =>
            permission.name === 'scaling.target.scale'
              ? conditional(tiers)
              : { result: AuthorizeResult.ALLOW },
          ),
      }).factory,
    );
  });

  afterEach(() => scaling.stop());

  const keyIn = (environment: string) => `${environment} Deployment/checkout`;

  /** A workload that is observed, and can be changed. Answers the target's identifier. */
  async function shown(
    environment: string,
    setting: Parameters<typeof scaling.provider.control.settings.set>[1],
  ): Promise<string> {
    const { kind, name } = { kind: setting.driver, name: setting.name };
    scaling.provider.shows[environment] = [
      observed('checkout', { driver: { kind, ...(name && { name }) } }),
    ];
    scaling.provider.control.settings.set(keyIn(environment), setting);
    await scaling.look();
    const { body } = await scaling.get(
      `/targets?environmentRef=resource:default/${environment}`,
    );
    return body.items[0].id;
  }

  const now = (environment: string) =>
    scaling.provider.control.settings.get(keyIn(environment));

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
        setTimeout(resolve, 50);
      });
    }
  }

  const phase = (wanted: string) => (change: ScalingChange) =>
    change.phase === wanted;
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

  async function events(): Promise<ScalingCloudEvent[]> {
    const { text } = await scaling.get('/events');
    return JSON.parse(text);
  }

  it('raise an autoscaler’s limits until an instant, and put them back then', async () => {
    const before = {
      driver: 'hpa' as const,
      name: 'checkout',
      minReplicas: 2,
      maxReplicas: 5,
    };
    const target = await shown('production', before);
    const { body, headers, status } = await scaling.post(
      `/targets/${target}/scale`,
      { replicas: 20, reason: 'Black Friday', until: soon(2000) },
    );
    expect(status).toBe(201);
    expect(headers.etag).toBe(`"${body.version}"`);
    const active = await until(body.id, phase('active'));
    expect(active).toMatchObject({
      kind: 'scale',
      componentRef: 'component:default/checkout',
      replicas: 20,
      reason: 'Black Friday',
      requestedBy: 'user:default/mock',
      before,
      wanted: { ...before, minReplicas: 20, maxReplicas: 20 },
      allowedActions: { end: { allowed: true } },
    });
    expect(now('production')).toEqual(active.wanted);
    const ended = await until(body.id, phase('ended'));
    expect(ended).toMatchObject({
      end: { as: 'expired' },
      outcome: { kind: 'restored' },
      allowedActions: {
        end: { allowed: false, reason: 'This has ended already.' },
      },
    });
    expect(now('production')).toEqual(before);
    const told = await events();
    expect(told.map(({ type }) => type)).toEqual(
      ['asked', 'prepared', 'applied', 'ending', 'ended'].map(
        word => `dev.slipway.scaling.change.${word}`,
      ),
    );
    expect(told[0]).toMatchObject({
      source: '/api/scaling',
      subject: body.id,
      data: { actor: { id: 'user:default/mock' } },
    });
  });

  it('end when somebody says so, and put back what was or leave it', async () => {
    const target = await shown('staging', { driver: 'fixed', replicas: 2 });
    const first = await scaling.post(`/targets/${target}/scale`, {
      replicas: 6,
      reason: 'A load test',
    });
    await until(first.body.id, phase('active'));
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 6 });
    await scaling
      .post(`/changes/${first.body.id}/end`, { reason: 'It is over' })
      .expect(200);
    expect(await until(first.body.id, phase('ended'))).toMatchObject({
      end: { as: 'ended', by: 'user:default/mock', reason: 'It is over' },
      outcome: { kind: 'restored' },
    });
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 2 });

    const second = await scaling.post(`/targets/${target}/scale`, {
      replicas: 4,
      reason: 'For good',
    });
    await until(second.body.id, phase('active'));
    await scaling
      .post(`/changes/${second.body.id}/end`, {
        reason: 'It stays',
        restore: false,
      })
      .expect(200);
    expect(await until(second.body.id, phase('ended'))).toMatchObject({
      outcome: { kind: 'left' },
    });
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 4 });
    const again = await scaling.post(`/changes/${second.body.id}/end`, {
      reason: 'Once more',
    });
    expect(again.status).toBe(409);
  });

  it('take each other’s place, and the last one puts back what was before the first', async () => {
    const target = await shown('staging', { driver: 'fixed', replicas: 2 });
    const first = await scaling.post(`/targets/${target}/scale`, {
      replicas: 6,
      reason: 'one',
    });
    const active = await until(first.body.id, phase('active'));
    const stale = await scaling.post(
      `/targets/${target}/scale`,
      { replicas: 7, reason: 'two' },
      { 'If-Match': `"${active.version + 1}"` },
    );
    expect(stale.status).toBe(412);
    const second = await scaling.post(
      `/targets/${target}/scale`,
      { replicas: 7, reason: 'two' },
      { 'If-Match': `"${active.version}"` },
    );
    expect(second.status).toBe(201);
    expect(await until(first.body.id, phase('ended'))).toMatchObject({
      end: { as: 'superseded', changeId: second.body.id },
      outcome: { kind: 'takenOver' },
    });
    await until(second.body.id, phase('active'));
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 7 });
    await scaling.post(`/changes/${second.body.id}/end`, { reason: 'enough' });
    await until(second.body.id, phase('ended'));
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 2 });
  });

  it('leave alone what somebody has changed meanwhile, and say so', async () => {
    const target = await shown('staging', { driver: 'fixed', replicas: 2 });
    const { body } = await scaling.post(`/targets/${target}/scale`, {
      replicas: 6,
      reason: 'A load test',
    });
    await until(body.id, phase('active'));
    scaling.provider.control.settings.set(keyIn('staging'), {
      driver: 'fixed',
      replicas: 11,
    });
    await scaling.post(`/changes/${body.id}/end`, { reason: 'enough' });
    expect(await until(body.id, phase('ended'))).toMatchObject({
      outcome: { kind: 'left', found: { driver: 'fixed', replicas: 11 } },
    });
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 11 });
  });

  it('wait for a person when nothing can be put back, and try again then', async () => {
    const target = await shown('staging', { driver: 'fixed', replicas: 2 });
    const { body } = await scaling.post(`/targets/${target}/scale`, {
      replicas: 6,
      reason: 'A load test',
    });
    await until(body.id, phase('active'));
    const { control } = scaling.provider;
    control.refusal = new ConflictError('spec.replicas belongs to flux');
    await scaling.post(`/changes/${body.id}/end`, { reason: 'enough' });
    expect(await until(body.id, phase('stuck'))).toMatchObject({
      problem: 'spec.replicas belongs to flux',
      allowedActions: { end: { allowed: true } },
    });
    control.refusal = undefined;
    await scaling.post(`/changes/${body.id}/end`, { reason: 'now' });
    await until(body.id, phase('ended'));
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 2 });
  });

  it('are made once for each key, and one at a time', async () => {
    const target = await shown('staging', { driver: 'fixed', replicas: 2 });
    const request = { replicas: 3, reason: 'twice' };
    const key = { 'Idempotency-Key': 'k' };
    const path = `/targets/${target}/scale`;
    const [one, other] = await Promise.all([
      scaling.post(path, request, key),
      scaling.post(path, request, key),
    ]);
    expect(one.body.id).toBe(other.body.id);
    expect([one.status, other.status].sort()).toEqual([200, 201]);
    const another = await scaling.post(path, { ...request, replicas: 4 }, key);
    expect(another.status).toBe(409);

    const answers = await Promise.all(
      [5, 6, 7, 8, 9].map(replicas =>
        scaling.post(path, { replicas, reason: 'all at once' }),
      ),
    );
    const begun = answers.filter(({ status }) => status === 201);
    expect(begun.length).toBeGreaterThan(0);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    const { body } = await scaling.get('/changes?active=true');
    expect(body.items).toHaveLength(1);
    const [standing] = body.items;
    await until(standing.id, phase('active'));
    expect(now('staging')).toEqual({
      driver: 'fixed',
      replicas: standing.replicas,
    });
    await scaling.post(`/changes/${standing.id}/end`, { reason: 'enough' });
    await until(standing.id, phase('ended'));
    expect(now('staging')).toEqual({ driver: 'fixed', replicas: 2 });
    const all = await scaling.get(`/changes?targetId=${target}&limit=2`);
    expect(all.body.page).toMatchObject({
      totalItems: begun.length + 1,
      nextCursor: expect.any(String),
    });
  });

  it('are refused by field when they lie outside what the tier allows', async () => {
    const production = await shown('production', {
      driver: 'hpa',
      name: 'checkout',
      minReplicas: 2,
      maxReplicas: 5,
    });
    const refused = async (target: string, body: object) => {
      const answer = await scaling.post(`/targets/${target}/scale`, body);
      expect(answer.status).toBe(400);
      return answer.body.errors.map(
        ({ pointer, detail }: { pointer: string; detail: string }) =>
          `${pointer} ${detail}`,
      );
    };
    expect(await refused(production, { replicas: 0, reason: 'x' })).toEqual([
      '/replicas must be between 1 and 100 in production',
      expect.stringMatching(/^\/until is needed in production/),
    ]);
    expect(
      await refused(production, {
        replicas: 101,
        reason: 'x',
        until: soon(31 * 86_400_000),
      }),
    ).toEqual([
      expect.stringContaining('scaling.bounds.production.max'),
      '/until must lie within 30 days',
    ]);
    expect(
      await refused(production, {
        replicas: 3,
        reason: 'x',
        until: '2020-01-01T00:00:00Z',
      }),
    ).toEqual(['/until must lie in the future']);
    expect(
      await refused(production, { replicas: 3, reason: ' ', until: soon(9e6) }),
    ).toEqual(['/reason is needed']);
    expect(
      await refused(production, { replicas: 1.5, reason: 'x' }),
    ).toHaveLength(1);
    const development = await shown('development', {
      driver: 'fixed',
      replicas: 1,
    });
    const none = await scaling.post(`/targets/${development}/scale`, {
      replicas: 0,
      reason: 'Nobody is there at night',
    });
    expect(none.status).toBe(201);
    await until(none.body.id, phase('active'));
    expect(now('development')).toEqual({ driver: 'fixed', replicas: 0 });
  });

  it('are refused at once where the vendor would refuse them', async () => {
    const target = await shown('staging', { driver: 'fixed', replicas: 2 });
    scaling.provider.control.refusal = new ConflictError(
      'spec.replicas of Deployment checkout belongs to flux',
    );
    const refused = await scaling.post(`/targets/${target}/scale`, {
      replicas: 3,
      reason: 'x',
    });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('belongs to flux');
    expect((await scaling.get('/changes')).body.items).toEqual([]);
  });

  it('are for those who may, and everybody else is told why not', async () => {
    tiers = ['development', 'staging'];
    const target = await shown('production', { driver: 'fixed', replicas: 2 });
    const refused = await scaling.post(`/targets/${target}/scale`, {
      replicas: 3,
      reason: 'x',
      until: soon(60_000),
    });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain('scaling.target.scale');
    const { body } = await scaling.get(`/targets/${target}/options`);
    expect(body).toEqual({
      bounds: { min: 1, max: 100 },
      untilRequired: true,
      longestDays: 30,
      allowedActions: {
        scale: {
          allowed: false,
          reason: expect.stringContaining('scaling.target.scale'),
        },
        applyPolicy: { allowed: true },
      },
    });
    const staging = await shown('staging', { driver: 'fixed', replicas: 2 });
    const change = await scaling.post(`/targets/${staging}/scale`, {
      replicas: 3,
      reason: 'x',
    });
    expect(change.status).toBe(201);
    const options = await scaling.get(`/targets/${staging}/options`);
    expect(options.body).toMatchObject({
      allowedActions: { scale: { allowed: true } },
      activeChange: { id: change.body.id },
    });
    tiers = [];
    const end = await scaling.post(`/changes/${change.body.id}/end`, {
      reason: 'x',
    });
    expect(end.status).toBe(403);
    expect((await scaling.get('/events?after=nonsense')).status).toBe(400);
  });
});
