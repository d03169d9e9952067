import { createServiceFactory } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { DeliveryCalls } from './__testUtils__/DeliveryCalls';
import { DocumentsFile, pipeline, window } from './__testUtils__/documents';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

it.each(databases.eachSupportedId())(
  'a use of break-glass on %s is brought to mind until somebody has reviewed it',
  async databaseId => {
    const knex = await databases.init(databaseId);
    const sent: NotificationSendOptions[] = [];
    const { backend, remindNow, server } = await startDelivery(
      knex,
      undefined,
      {
        config: new DocumentsFile(pipeline({}), window('deny', true)).config,
        entities: organisation,
        features: [
          createServiceFactory({
            service: notificationService,
            deps: {},
            factory: () => ({
              async send(options) {
                sent.push(options);
              },
            }),
          }),
        ],
      },
    );
    const calls = new DeliveryCalls(() => server);
    const reminders = async () => {
      await remindNow();
      return sent.filter(({ payload }) => payload.title.startsWith('Still'));
    };

    const id = await calls.start(await calls.release('1.0.0'), {
      strategy: { rolling: {} },
    });
    await calls.post(`/rollouts/${id}/breakGlass`, { reason: 'Fire' });
    await calls.ended(id);
    expect(await reminders()).toEqual([]);

    await knex('approvals')
      .where({ id })
      .update({ broken_at: '2026-01-01T00:00:00.000Z' });
    const [reminder, ...others] = await reminders();
    expect(others).toEqual([]);
    expect(reminder).toMatchObject({
      recipients: {
        entityRef: ['group:default/payments'],
        excludeEntityRef: ['user:default/mock'],
      },
      payload: {
        title:
          'Still to be reviewed: break-glass for Checkout 1.0.0 to production',
        description: expect.stringMatching(/^user:default\/mock on .*: Fire$/),
        link: `/delivery/approvals?id=${id}`,
      },
    });

    const { status } = await calls.post(
      `/rollouts/${id}/review`,
      { reason: 'It was needed' },
      { user: 'ben' },
    );
    expect(status).toBe(200);
    expect(await reminders()).toEqual([reminder]);
    await backend.stop();
  },
);
