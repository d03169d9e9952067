import { TestDatabases } from '@backstage/backend-test-utils';
import {
  checkout,
  DeliveryCalls,
  production,
  waitsHalfWay,
} from './__testUtils__/DeliveryCalls';
import { startDelivery } from './__testUtils__/startDelivery';
import { untilBlocked } from './__testUtils__/untilBlocked';

jest.setTimeout(60_000);

// SQLite lets one write at a time, so that two never wait for each other.
const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });

it.each(databases.eachSupportedId())(
  'a rollback on %s succeeds while the engine writes the rollout that it ends',
  async databaseId => {
    const knex = await databases.init(databaseId);
    const { backend, server } = await startDelivery(knex);
    const calls = new DeliveryCalls(() => server);
    const first = await calls.release('1.0.0');
    const target = { componentRef: checkout, environmentRef: production };
    for (const id of [first, await calls.release('2.0.0')])
      await calls.rollOut(id, { strategy: { rolling: {} } });
    const canary = await calls.start(await calls.release('3.0.0'), {
      strategy: waitsHalfWay,
    });
    await calls.paused(canary);

    // As a worker does: it locks the run that it decides, and writes then where that is shown.
    const worker = await knex.transaction();
    await worker('engine_runs').where({ id: canary }).forUpdate();
    const answer = calls.post('/rollbacks', { ...target, toReleaseId: first });
    await untilBlocked(knex, 1);
    await worker('deployments')
      .where({ component_ref: checkout, environment_ref: production })
      .update({ replicas: 1 });
    await worker.commit();

    const { status, body } = await answer;
    expect([status, body.kind]).toEqual([201, 'rollback']);
    expect((await calls.ended(canary)).phase).toBe('aborted');
    expect((await calls.ended(body.id)).phase).toBe('succeeded');
    await backend.stop();
  },
);
