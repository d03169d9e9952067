import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { deliveryRuntimesExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import request from 'supertest';
import {
  checkout,
  DeliveryCalls,
  production,
  waitsHalfWay,
} from './__testUtils__/DeliveryCalls';
import { DocumentsFile, pipeline, window } from './__testUtils__/documents';
import { Grants } from './__testUtils__/Grants';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';
import { testArtifactKind } from './__testUtils__/TestRuntime';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const target = { componentRef: checkout, environmentRef: production };
const where = `componentRef=${checkout}&environmentRef=${production}`;
const atOnce = { strategy: { rolling: {} } };

describe.each(databases.eachSupportedId())('scaling on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const grants = new Grants();
  const calls = new DeliveryCalls(() => delivery.server);

  beforeEach(async () => {
    delivery = await startDelivery(
      await databases.init(databaseId),
      grants.feature,
    );
  });

  afterEach(() => delivery.backend.stop());

  const deployment = async () =>
    (await calls.get(`/deployments?${where}`)).body.items[0];
  const scale = (replicas: number, extra: object = {}, headers = {}) =>
    calls.post('/targets/scale', { ...target, replicas, ...extra }, headers);

  it('is refused for what says itself how many copies there are', async () => {
    await delivery.backend.stop();
    delivery = await startDelivery(
      await databases.init(databaseId),
      grants.feature,
      {
        features: [
          createBackendModule({
            pluginId: 'delivery',
            moduleId: 'own-replicas',
            register: env =>
              env.registerInit({
                deps: { runtimes: deliveryRuntimesExtensionPoint },
                init: async ({ runtimes }) =>
                  runtimes.addArtifactKind({
                    ...testArtifactKind,
                    kind: 'own',
                    title: 'Kubernetes manifests',
                    hasOwnReplicas: true,
                    resolve: async (...args) => ({
                      ...(await testArtifactKind.resolve(...args)),
                      kind: 'own',
                    }),
                  }),
              }),
          }),
        ],
      },
    );
    delivery.runtime.artifactKinds.push('own');
    const { body } = await calls.post('/releases', {
      componentRef: checkout,
      version: '1.0.0',
      artifact: { kind: 'own', spec: { name: 'software' } },
    });
    await calls.rollOut(body.id, atOnce);
    const refused = await scale(5);
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toBe(
      'Version 1.0.0 of Checkout in production is of Kubernetes manifests, which say how many copies there are: change it there, and roll a new release out',
    );
  });

  it('changes how many copies run, and what comes after keeps the number', async () => {
    const first = await calls.release('1.0.0');
    await calls.rollOut(first, atOnce);
    const second = await calls.release('2.0.0');
    await calls.rollOut(second, atOnce);
    const { body, status } = await scale(5, { reason: 'Black Friday' });
    expect([status, body.kind, body.reason]).toEqual([
      201,
      'scale',
      'Black Friday',
    ]);
    expect((await calls.ended(body.id)).message).toBe(
      '5 copies of 2.0.0 run in production',
    );
    expect(await deployment()).toMatchObject({
      replicas: 5,
      release: { version: '2.0.0' },
      previousRelease: { version: '1.0.0' },
    });

    const third = await calls.rollOut(await calls.release('3.0.0'), atOnce);
    expect(third.replicas).toBe(5);
  });

  it('is no rollout to lists, gates and histories', async () => {
    const id = await calls.release('1.0.0');
    const rollout = await calls.rollOut(id, atOnce);
    await calls.ended((await scale(2)).body.id);
    const listed = async (extra = '') =>
      (await calls.get(`/rollouts?${where}${extra}`)).body;
    expect((await listed()).items.map((one: { id: string }) => one.id)).toEqual(
      [rollout.id],
    );
    expect((await listed('&withScaling=true')).page.totalItems).toBe(2);
  });

  it('is refused while a rollout is under way, where nothing runs, and for the number that there is', async () => {
    expect((await scale(3)).body.detail).toContain('Nothing runs');
    await calls.rollOut(await calls.release('1.0.0'), {
      ...atOnce,
      replicas: 3,
    });
    expect((await scale(3)).body.detail).toContain('asked for already');
    const canary = await calls.start(await calls.release('2.0.0'), {
      strategy: waitsHalfWay,
    });
    const busy = await scale(4);
    expect([busy.status, busy.body.detail]).toEqual([
      409,
      expect.stringContaining(canary),
    ]);
  });

  it('is refused when something newer has begun there than whoever asks has seen', async () => {
    await calls.rollOut(await calls.release('1.0.0'), atOnce);
    const { lastRolloutId } = await deployment();
    const newer = await scale(3, { lastRolloutId });
    expect(newer.status).toBe(201);
    await calls.ended(newer.body.id);
    const late = await scale(5, { lastRolloutId });
    expect([late.status, late.body.detail]).toEqual([
      409,
      expect.stringContaining(newer.body.id),
    ]);
    expect(await deployment()).toMatchObject({
      replicas: 3,
      lastRolloutId: newer.body.id,
    });
  });

  it('does not keep a rollback waiting', async () => {
    await calls.rollOut(await calls.release('1.0.0'), atOnce);
    await calls.rollOut(await calls.release('2.0.0'), atOnce);
    delivery.runtime.stuck.add('software-2.0.0');
    const { body } = await scale(4);
    await calls.until(body.id, ({ observation }) => observation !== undefined);
    const rollback = await calls.post('/rollbacks', target);
    expect(rollback.status).toBe(201);
    expect((await calls.ended(rollback.body.id)).phase).toBe('succeeded');
    expect((await calls.ended(body.id)).phase).toBe('aborted');
    expect((await deployment()).release.version).toBe('1.0.0');
  });

  it('needs a permission of its own, and only a plugin asks for somebody else', async () => {
    await calls.rollOut(await calls.release('1.0.0'), atOnce);
    grants.refuse(
      'user:default/eva',
      name => name === 'delivery.deployment.scale',
    );
    const refused = await scale(2, {}, { user: 'eva' });
    expect([refused.status, refused.body.detail]).toEqual([
      403,
      expect.stringContaining('delivery.deployment.scale'),
    ]);
    const borrowed = await scale(2, { onBehalfOf: 'user:default/ana' });
    expect(borrowed.status).toBe(400);
    const byPlugin = await request(delivery.server)
      .post('/api/delivery/targets/scale')
      .set('Authorization', mockCredentials.service.header())
      .send({ ...target, replicas: 2, onBehalfOf: 'user:default/ana' });
    expect([byPlugin.status, byPlugin.body.requestedBy]).toEqual([
      201,
      'user:default/ana',
    ]);
  });
});

describe('the gates of a target', () => {
  it('are the approvals of its stage, as they can be asked for, and its windows', async () => {
    const rules = [{ group: 'group:default/managers', atLeast: 1 }];
    const file = new DocumentsFile(
      pipeline({
        production: [
          { approval: { name: 'Owners', rules, excludeAuthors: true } },
          { soak: { duration: '1h' } },
        ],
      }),
    );
    const { backend, server } = await startDelivery(
      await databases.init('SQLITE_3'),
      undefined,
      { config: file.config, entities: organisation },
    );
    const calls = new DeliveryCalls(() => server);
    const { body } = await calls.get(`/targets/gates?${where}`);
    expect(body).toEqual({
      pipeline: expect.objectContaining({ stage: 'production' }),
      approvals: [{ name: 'Owners', rules }],
      windows: { open: true, message: 'No window fits' },
    });
    const asked = await calls.post('/approval-requests', {
      title: 'A scaling policy',
      componentRef: checkout,
      approval: body.approvals[0],
    });
    expect(asked.status).toBe(201);
    await backend.stop();
  });

  it('say which window is closed, and until when', async () => {
    const file = new DocumentsFile(pipeline({}), window('deny', true));
    const { backend, server } = await startDelivery(
      await databases.init('SQLITE_3'),
      undefined,
      { config: file.config, entities: organisation },
    );
    const calls = new DeliveryCalls(() => server);
    const { body } = await calls.get(`/targets/gates?${where}`);
    expect(body).toEqual(
      expect.objectContaining({
        approvals: [],
        windows: {
          open: false,
          message: expect.stringContaining('Frozen by'),
          until: expect.any(String),
        },
      }),
    );
    await backend.stop();
  });
});
