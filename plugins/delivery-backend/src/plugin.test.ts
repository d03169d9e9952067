import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import request from 'supertest';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const component = 'component:default/checkout';
const production = 'resource:default/production';
const canary = {
  canary: {
    steps: [
      { setWeight: 20 },
      {
        analysis: {
          metrics: [
            {
              name: 'errors',
              provider: { test: {} },
              successCondition: 'result <= 0.05',
            },
          ],
        },
      },
      { setWeight: 60 },
    ],
  },
};

describe.each(databases.eachSupportedId())('delivery on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;

  async function start(
    permissions?: Parameters<typeof startDelivery>[1],
  ): Promise<void> {
    delivery = await startDelivery(
      await databases.init(databaseId),
      permissions,
    );
  }

  afterEach(async () => {
    await delivery.backend.stop();
  });

  function post(path: string, body: object, headers: object = {}) {
    return request(delivery.server)
      .post(`/api/delivery${path}`)
      .set(headers as Record<string, string>)
      .send(body);
  }

  function get(path: string) {
    return request(delivery.server).get(`/api/delivery${path}`);
  }

  async function release(version: string): Promise<string> {
    const { body, status } = await post('/releases', {
      componentRef: component,
      version,
      artifact: { kind: 'test', spec: { name: `checkout-${version}` } },
    });
    expect([status, body.detail]).toEqual([201, undefined]);
    return body.id;
  }

  async function settled(id: string, until: (rollout: Rollout) => boolean) {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const { body } = await get(`/rollouts/${id}`);
      if (until(body)) return body as Rollout;
      if (Date.now() > deadline)
        throw new Error(`It stands at ${body.phase}: ${body.message}`);
      await new Promise(resolve => {
        setTimeout(resolve, 25);
      });
    }
  }

  async function rollOut(releaseId: string, extra = {}) {
    const { body, status } = await post('/rollouts', {
      componentRef: component,
      environmentRef: production,
      releaseId,
      ...extra,
    });
    expect([status, body.detail]).toEqual([201, undefined]);
    return settled(body.id, rollout => rollout.finishedAt !== undefined);
  }

  it('rolls a release out, shows what runs where, and goes back to the one before', async () => {
    await start();
    const first = await release('1.0.0');
    const second = await release('2.0.0');
    expect((await rollOut(first)).phase).toBe('succeeded');
    const rollout = await rollOut(second, { strategy: canary, replicas: 3 });
    expect(rollout).toMatchObject({
      phase: 'succeeded',
      previousRelease: { version: '1.0.0' },
      steps: expect.arrayContaining([
        expect.objectContaining({
          kind: 'analysis',
          analysis: expect.objectContaining({ verdict: 'successful' }),
        }),
      ]),
    });

    const { body: deployments } = await get('/deployments');
    expect(deployments).toMatchObject({
      items: [
        {
          componentRef: component,
          environmentRef: production,
          release: { version: '2.0.0' },
          previousRelease: { version: '1.0.0' },
          health: 'healthy',
          replicas: 3,
          allowedActions: { deploy: { allowed: true } },
        },
      ],
      page: { totalItems: 1 },
    });

    const { body: back } = await post('/rollbacks', {
      componentRef: component,
      environmentRef: production,
      reason: 'customers complain',
    });
    const rollback = await settled(back.id, item => !!item.finishedAt);
    expect(rollback).toMatchObject({
      kind: 'rollback',
      phase: 'succeeded',
      release: { version: '1.0.0' },
    });

    const { body: events } = await get(`/rollouts/${back.id}/events`);
    expect(events.items[0]).toMatchObject({
      type: 'rollout.started',
      actor: 'user:default/mock',
      summary: 'Rollback to 1.0.0 from 2.0.0 in production was asked for',
    });
  });

  it('takes a release back whose verification fails', async () => {
    await start();
    const first = await release('1.0.0');
    const second = await release('2.0.0');
    await rollOut(first);
    delivery.provider.value = { result: 0.5, value: 0.5 };
    const rollout = await rollOut(second, { strategy: canary });
    expect(rollout).toMatchObject({
      phase: 'rolledBack',
      message: expect.stringContaining('errors'),
    });
    const { body } = await get('/deployments');
    expect(body.items[0].release.version).toBe('1.0.0');
    expect(delivery.runtime.applied.at(-1)?.versions).toMatchObject([
      { weight: 100, release: { version: '1.0.0' } },
    ]);
  });

  it('takes a release back that compares badly with the one before, and stores no points', async () => {
    await start();
    const first = await release('1.0.0');
    const second = await release('2.0.0');
    await rollOut(first);
    const points = (from: number) =>
      Array.from({ length: 60 }, (_, index) => from + index / 1000 + 0.00017);
    delivery.provider.series = {
      canary: points(70),
      stable: points(40),
      unit: 'ms',
    };
    const strategy = {
      canary: {
        steps: [
          { setWeight: 20 },
          {
            analysis: {
              metrics: [
                { name: 'latency', provider: { test: {} }, comparison: {} },
              ],
            },
          },
        ],
      },
    };
    const rollout = await rollOut(second, { strategy });
    expect(rollout).toMatchObject({
      phase: 'rolledBack',
      message: expect.stringContaining('latency: 30 ms higher'),
    });
    expect(rollout.steps[2].analysis).toMatchObject({
      score: { value: 0 },
      metrics: [
        {
          comparison: { direction: 'either', tolerance: 0.25 },
          measurements: [{ comparison: { classification: 'high' } }],
        },
      ],
    });
    const { body: events } = await get(`/rollouts/${rollout.id}/events`);
    const measured = events.items.find(
      ({ type }: { type: string }) => type === 'metric.measured',
    );
    expect(measured.summary).toMatch(/^latency: failed, 30 ms higher/);
    // One of the points, and neither the least, the greatest, nor a quartile.
    expect(JSON.stringify(events)).not.toContain('70.00717');
  });

  it('carries a repeated request out once', async () => {
    await start();
    const id = await release('1.0.0');
    const body = {
      componentRef: component,
      environmentRef: production,
      releaseId: id,
      strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } },
    };
    const key = { 'Idempotency-Key': 'abc' };
    const answers = await Promise.all([
      post('/rollouts', body, key),
      post('/rollouts', body, key),
      post('/rollouts', body, key),
    ]);
    expect(new Set(answers.map(answer => answer.body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    const other = await post(
      '/rollouts',
      { ...body, reason: 'something else' },
      key,
    );
    expect(other.status).toBe(409);
  });

  it('lets one of two rollouts at once win', async () => {
    await start();
    const first = await release('1.0.0');
    await rollOut(first);
    const ids = await Promise.all([release('2.0.0'), release('3.0.0')]);
    const answers = await Promise.all(
      ids.map(releaseId =>
        post('/rollouts', {
          componentRef: component,
          environmentRef: production,
          releaseId,
          strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('steers a rollout only from the version that the caller has seen', async () => {
    await start();
    const first = await release('1.0.0');
    await rollOut(first);
    const second = await release('2.0.0');
    const { body } = await post('/rollouts', {
      componentRef: component,
      environmentRef: production,
      releaseId: second,
      strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } },
    });
    const paused = await settled(body.id, ({ phase }) => phase === 'paused');
    const stale = await post(
      `/rollouts/${body.id}/abort`,
      {},
      { 'If-Match': '"1"' },
    );
    expect(stale.status).toBe(412);
    const aborted = await post(
      `/rollouts/${body.id}/abort`,
      { reason: 'no' },
      { 'If-Match': `"${paused.version}"` },
    );
    expect(aborted.status).toBe(200);
    expect(
      await settled(body.id, ({ finishedAt }) => !!finishedAt),
    ).toMatchObject({ phase: 'aborted' });
    const again = await post(`/rollouts/${body.id}/retry`, {});
    expect(again.body).toMatchObject({ retryOf: body.id });
  });

  it('never changes a release', async () => {
    await start();
    const id = await release('1.0.0');
    const same = await post('/releases', {
      componentRef: component,
      version: '1.0.0',
      artifact: { kind: 'test', spec: { name: 'checkout-1.0.0' } },
    });
    expect([same.status, same.body.id]).toEqual([200, id]);
    const other = await post('/releases', {
      componentRef: component,
      version: '1.0.0',
      artifact: { kind: 'test', spec: { name: 'something-else' } },
    });
    expect(other.status).toBe(409);
  });

  it('refuses what the caller lacks the permission for, and says which', async () => {
    await start(
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: async requests =>
          requests.map(() => ({ result: AuthorizeResult.DENY })),
      }).factory,
    );
    const response = await post('/releases', {
      componentRef: component,
      version: '1.0.0',
      artifact: { kind: 'test', spec: { name: 'x' } },
    });
    expect(response.status).toBe(403);
    expect(response.body.detail).toContain('delivery.release.create');
    const { body } = await get(
      `/targets/allowed-actions?componentRef=${component}&environmentRef=${production}`,
    );
    expect(body.allowedActions.deploy).toEqual({
      allowed: false,
      reason: expect.stringContaining('delivery.rollout.create'),
    });
    expect(body.allowedActions.pin).toEqual({
      allowed: false,
      reason: expect.stringContaining('delivery.rollout.control'),
    });
  });

  it('tells everything in its feed, page by page, without values of configuration', async () => {
    await start();
    await post('/releases', {
      componentRef: component,
      version: '1.0.0',
      artifact: { kind: 'test', spec: { name: 'x' } },
      configuration: { values: { PASSWORD_HINT: 'swordfish' } },
    });
    await rollOut(await release('2.0.0'));
    const types: string[] = [];
    let after = '';
    const last = 'dev.slipway.delivery.rollout.succeeded';
    const deadline = Date.now() + 30_000;
    // On a server that others use as well, the newest events can come a moment later.
    while (types.at(-1) !== last && Date.now() < deadline) {
      const response = await get('/events')
        .query({ limit: 3, ...(after && { after }) })
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.service('plugin:analytics'),
            targetPluginId: 'delivery',
          }),
        );
      expect(response.status).toBe(200);
      expect(response.text).not.toContain('swordfish');
      const batch = JSON.parse(response.text) as Array<{ type: string }>;
      types.push(...batch.map(({ type }) => type));
      after = response.headers['slipway-cursor'];
    }
    expect(types.slice(0, 3)).toEqual([
      'dev.slipway.delivery.release.created',
      'dev.slipway.delivery.release.created',
      'dev.slipway.delivery.rollout.started',
    ]);
    expect(types.at(-1)).toBe(last);
  });

  it('serves its OpenAPI document to anybody', async () => {
    await start();
    const { status, body } = await get('/openapi.json').set(
      'Authorization',
      mockCredentials.none.header(),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: '/api/delivery' }],
    });
  });
});
