import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  checkout,
  DeliveryCalls,
  production,
} from './__testUtils__/DeliveryCalls';
import { startDelivery } from './__testUtils__/startDelivery';
import { untilBlocked } from './__testUtils__/untilBlocked';

jest.setTimeout(60_000);

// SQLite lets one write at a time, so that two never wait for each other.
const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'two people who reject a release at once on %s',
  databaseId => {
    let knex: Knex;
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    const calls = new DeliveryCalls(() => delivery.server);

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      delivery = await startDelivery(knex);
    });
    afterAll(() => delivery?.backend.stop());

    /** Both of them are past all that they look at before, and wait for the release's run, when it is let go. */
    async function atOnce<A, B>(
      releaseId: string,
      one: () => Promise<A>,
      other: () => Promise<B>,
    ): Promise<[A, B]> {
      const holder = await knex.transaction();
      await holder('engine_runs').where({ id: releaseId }).forUpdate();
      const both = Promise.all([one(), other()]);
      await untilBlocked(knex, 2);
      await holder.commit();
      return both;
    }

    const reject = (releaseId: string, user: string) => () =>
      calls.post(
        `/releases/${releaseId}/reject`,
        { reason: `${user} has seen it fail` },
        { user },
      );

    it('are told who was first', async () => {
      const release = await calls.release('1.0.0');
      const answers = await atOnce(
        release,
        reject(release, 'ana'),
        reject(release, 'ben'),
      );
      const [won, lost] = answers.sort((a, b) => a.status - b.status);
      expect([won.status, lost.status]).toEqual([200, 409]);
      const { body } = await calls.get(`/releases/${release}`);
      expect(body.rejection).toEqual(won.body.rejection);
    });

    it('do not keep a rollback from beginning that rejects it too', async () => {
      const good = await calls.release('2.0.0');
      const bad = await calls.release('3.0.0');
      for (const id of [good, bad])
        await calls.rollOut(id, { strategy: { rolling: {} } });
      const [rollback, rejection] = await atOnce(
        bad,
        () =>
          calls.post('/rollbacks', {
            componentRef: checkout,
            environmentRef: production,
            toReleaseId: good,
          }),
        reject(bad, 'ben'),
      );
      expect([rollback.status, rollback.body.detail]).toEqual([201, undefined]);
      expect([200, 409]).toContain(rejection.status);
      expect((await calls.ended(rollback.body.id)).phase).toBe('succeeded');
    });
  },
);
