import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { DeliveryCloudEvent } from '@slipway/backstage-plugin-delivery-common';
import request from 'supertest';
import {
  checkout,
  DeliveryCalls,
  production,
  staging,
} from './__testUtils__/DeliveryCalls';
import { DocumentsFile, pipeline, window } from './__testUtils__/documents';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const prefix = 'dev.slipway.delivery.';

describe.each(databases.eachSupportedId())('the feed on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const calls = new DeliveryCalls(() => delivery.server);

  beforeAll(async () => {
    delivery = await startDelivery(
      await databases.init(databaseId),
      undefined,
      {
        config: new DocumentsFile(pipeline({}), window('deny', true)).config,
        entities: organisation,
      },
    );
  });
  afterAll(() => delivery?.backend.stop());

  async function told(...about: string[]): Promise<DeliveryCloudEvent[]> {
    const { body } = await request(delivery.server)
      .get('/api/delivery/events?limit=500')
      .set(
        'Authorization',
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:compliance'),
          targetPluginId: 'delivery',
        }),
      );
    return (body as DeliveryCloudEvent[]).filter(
      ({ subject, type }) =>
        about.includes(subject ?? '') &&
        /^(hold|delegation|breakglass)\./.test(type.slice(prefix.length)),
    );
  }

  const by = (name: string) =>
    expect.objectContaining({ id: `user:default/${name}` });

  it('tells who held automatic promotion, and who let it go on, once for each', async () => {
    const headers = { 'Idempotency-Key': 'hold-it' };
    const pin = {
      componentRef: checkout,
      environmentRef: staging,
      reason: 'Demo',
    };
    const { body: hold } = await calls.post('/holds', pin, headers);
    expect((await calls.post('/holds', pin, headers)).body.id).toBe(hold.id);
    expect((await calls.post('/holds', pin)).status).toBe(409);
    const path = `/holds/${hold.id}/release`;
    await calls.post(path, { reason: 'Over' }, { user: 'ben' });
    expect((await calls.post(path, { reason: 'Over' })).status).toBe(409);
    expect(await told(hold.id)).toEqual([
      expect.objectContaining({
        type: `${prefix}hold.placed`,
        subject: hold.id,
        data: {
          about: hold.id,
          componentRef: checkout,
          environmentRef: staging,
          cause: 'pin',
          reason: 'Demo',
          actor: by('mock'),
        },
      }),
      expect.objectContaining({
        type: `${prefix}hold.released`,
        data: expect.objectContaining({ reason: 'Over', actor: by('ben') }),
      }),
    ]);
  });

  it('tells who votes for whom, and until when', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { body: delegation } = await calls.post(
      '/delegations',
      { to: 'user:default/ben', until, reason: 'Holidays' },
      { user: 'eva' },
    );
    await calls.post(`/delegations/${delegation.id}/end`, {}, { user: 'eva' });
    const people = { from: 'user:default/eva', to: 'user:default/ben' };
    expect(
      (await told(delegation.id)).map(({ data, type }) => [type, data]),
    ).toEqual([
      [
        `${prefix}delegation.begun`,
        {
          ...people,
          about: delegation.id,
          until,
          reason: 'Holidays',
          actor: by('eva'),
        },
      ],
      [
        `${prefix}delegation.ended`,
        { ...people, about: delegation.id, actor: by('eva') },
      ],
    ]);
  });

  it('tells what somebody said of a use of break-glass, and that a rollback holds', async () => {
    const id = await calls.start(await calls.release('1.0.0'), {
      strategy: { rolling: {} },
    });
    await calls.post(
      `/rollouts/${id}/breakGlass`,
      { reason: 'Fire' },
      { user: 'eva' },
    );
    await calls.ended(id);
    const reviewed = await calls.post(
      `/rollouts/${id}/review`,
      { reason: 'It was needed' },
      { user: 'ben' },
    );
    expect(reviewed.status).toBe(200);
    expect(await told(id)).toEqual([
      expect.objectContaining({
        type: `${prefix}breakglass.reviewed`,
        subject: id,
        data: {
          about: id,
          componentRef: checkout,
          environmentRef: production,
          brokenBy: 'user:default/eva',
          comment: 'It was needed',
          actor: by('ben'),
        },
      }),
    ]);

    const next = await calls.start(await calls.release('2.0.0'), {
      strategy: { rolling: {} },
    });
    await calls.post(`/rollouts/${next}/breakGlass`, { reason: 'Fire' });
    await calls.ended(next);
    await calls.post('/rollbacks', {
      componentRef: checkout,
      environmentRef: production,
      reason: 'Errors',
    });
    const { body: holds } = await calls.get(`/holds?componentRef=${checkout}`);
    expect(await told(holds.items[0].id)).toEqual([
      expect.objectContaining({
        type: `${prefix}hold.placed`,
        data: expect.objectContaining({
          cause: 'rollback',
          environmentRef: production,
          reason: 'Errors',
        }),
      }),
    ]);
  });
});
