import { TestDatabases } from '@backstage/backend-test-utils';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import {
  checkout,
  DeliveryCalls,
  production,
  staging,
  waitsHalfWay,
} from './__testUtils__/DeliveryCalls';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const target = { componentRef: checkout, environmentRef: production };
const atOnce = { strategy: { rolling: {} } };

describe.each(databases.eachSupportedId())('a rollback on %s', databaseId => {
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  const calls = new DeliveryCalls(() => delivery.server);

  beforeEach(async () => {
    delivery = await startDelivery(await databases.init(databaseId));
  });

  afterEach(() => delivery.backend.stop());

  /** Releases 1.0.0, 2.0.0 …, each rolled out after the other. */
  async function releases(...versions: string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const version of versions) {
      const id = await calls.release(version);
      await calls.rollOut(id, atOnce);
      ids.push(id);
    }
    return ids;
  }

  const rejectionOf = async (id: string) =>
    (await calls.get(`/releases/${id}`)).body.rejection;

  const runs = async () => {
    const { body } = await calls.get(
      `/deployments?componentRef=${checkout}&environmentRef=${production}`,
    );
    return body.items[0].release.version;
  };

  it('marks what it leaves as rejected, which nobody rolls out again until that is taken back', async () => {
    const [, second] = await releases('1.0.0', '2.0.0');
    const { body } = await calls.post('/rollbacks', {
      ...target,
      reason: 'Customers could not pay',
    });
    await calls.ended(body.id);
    expect(await runs()).toBe('1.0.0');
    expect(await rejectionOf(second)).toMatchObject({
      by: 'user:default/mock',
      reason: 'Customers could not pay',
    });

    const again = { ...target, releaseId: second, ...atOnce };
    const refused = await calls.post('/rollouts', again);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringContaining('Customers could not pay'),
    ]);
    const retried = await calls.post('/rollbacks', {
      ...target,
      toReleaseId: second,
    });
    expect(retried.status).toBe(409);

    await calls.post(`/releases/${second}/unreject`, {
      reason: 'It was the payment provider',
    });
    expect(await rejectionOf(second)).toBeUndefined();
    expect((await calls.post('/rollouts', again)).status).toBe(201);
  });

  it('leaves the release as it is when that is wanted', async () => {
    const [, second] = await releases('1.0.0', '2.0.0');
    const { body } = await calls.post('/rollbacks', {
      ...target,
      rejectRelease: false,
    });
    await calls.ended(body.id);
    expect(await rejectionOf(second)).toBeUndefined();
  });

  it('takes a canary back that is half way, and rejects it', async () => {
    await releases('1.0.0');
    const bad = await calls.release('2.0.0');
    const canary = await calls.start(bad, { strategy: waitsHalfWay });
    await calls.paused(canary);
    const { body, status } = await calls.post('/rollbacks', target);
    expect([status, body.id]).toEqual([200, canary]);
    expect((await calls.ended(canary)).phase).toBe('aborted');
    expect(await rejectionOf(bad)).toBeDefined();
    expect(await runs()).toBe('1.0.0');
  });

  it.each(['pausedHalfWay', 'pausedByPerson', 'underWay'])(
    'goes further back while a canary is %s: it begins when that has ended',
    async state => {
      const [first, second] = await releases('1.0.0', '2.0.0');
      const third = await calls.release('3.0.0');
      const canary = await calls.start(third, {
        strategy:
          state === 'pausedHalfWay'
            ? waitsHalfWay
            : {
                canary: {
                  steps: [{ setWeight: 50 }, { pause: { duration: '1h' } }],
                },
              },
      });
      await calls.until(canary, ({ weight }) => weight === 50);
      if (state === 'pausedByPerson')
        await calls.post(`/rollouts/${canary}/pause`, {});

      const { body, status } = await calls.post('/rollbacks', {
        ...target,
        toReleaseId: first,
      });
      expect([status, body.phase, body.kind]).toEqual([
        201,
        'held',
        'rollback',
      ]);
      expect((await calls.ended(canary)).phase).toBe('aborted');
      expect((await calls.ended(body.id)).phase).toBe('succeeded');
      expect(await runs()).toBe('1.0.0');
      expect(await rejectionOf(second)).toBeDefined();
      expect(await rejectionOf(third)).toBeDefined();
    },
  );

  describe('in several environments', () => {
    const together = (targets: object[], headers = {}, more: object = {}) =>
      calls.post(
        '/rollbacks/together',
        { componentRef: checkout, targets, ...more },
        headers,
      );
    const everywhere = [production, staging].map(environmentRef => ({
      environmentRef,
    }));

    async function both(...versions: string[]): Promise<string[]> {
      const ids: string[] = [];
      for (const version of versions) {
        const id = await calls.release(version);
        ids.push(id);
        for (const where of everywhere)
          await calls.rollOut(id, { ...where, ...atOnce });
      }
      return ids;
    }

    const versions = async () => {
      const { body } = await calls.get(`/deployments?componentRef=${checkout}`);
      return Object.fromEntries(
        body.items.map(
          (one: { environmentRef: string; release: { version: string } }) => [
            one.environmentRef,
            one.release.version,
          ],
        ),
      );
    };

    it('is one change: each comes back by a run of its own, once for a key', async () => {
      const [, second] = await both('1.0.0', '2.0.0');
      const headers = { 'Idempotency-Key': 'everywhere' };
      const answer = await together(everywhere, headers, { reason: 'Slow' });
      expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
      expect(
        answer.body.items.map((one: Rollout) => [
          one.kind,
          one.environmentRef,
          one.release.version,
        ]),
      ).toEqual([
        ['rollback', production, '1.0.0'],
        ['rollback', staging, '1.0.0'],
      ]);
      for (const { id } of answer.body.items) await calls.ended(id);
      expect(await versions()).toEqual({
        [production]: '1.0.0',
        [staging]: '1.0.0',
      });
      expect(await rejectionOf(second)).toMatchObject({ reason: 'Slow' });
      const { body } = await calls.get(`/holds?componentRef=${checkout}`);
      expect(body.items).toHaveLength(2);

      const again = await together(everywhere, headers, { reason: 'Slow' });
      expect([
        again.status,
        again.body.items.map(({ id }: Rollout) => id),
      ]).toEqual([200, answer.body.items.map(({ id }: Rollout) => id)]);
    });

    it('begins nowhere when one of them refuses, and says which', async () => {
      const [first, second] = await both('1.0.0', '2.0.0');
      const nowhere = await together([
        { environmentRef: production, toReleaseId: first },
        { environmentRef: staging, toReleaseId: 'nothing' },
      ]);
      expect([nowhere.status, nowhere.body.errors?.[0].pointer]).toEqual([
        400,
        '/targets/1/toReleaseId',
      ]);
      const same = await together([
        { environmentRef: production, toReleaseId: first },
        { environmentRef: staging, toReleaseId: second },
      ]);
      expect([same.status, same.body.detail]).toEqual([
        409,
        '2.0.0 runs in staging already',
      ]);
      const twice = await together([...everywhere, everywhere[0]]);
      expect(twice.body.errors?.[0].pointer).toBe('/targets/2/environmentRef');
      expect(await versions()).toEqual({
        [production]: '2.0.0',
        [staging]: '2.0.0',
      });
      expect(await rejectionOf(second)).toBeUndefined();
      const { body } = await calls.get('/rollouts');
      expect(body.page.totalItems).toBe(4);
    });

    it('takes canaries of the same release back that are half way', async () => {
      await both('1.0.0');
      const bad = await calls.release('2.0.0');
      const underWay: string[] = [];
      for (const where of everywhere) {
        const id = await calls.start(bad, {
          ...where,
          strategy: waitsHalfWay,
        });
        await calls.paused(id);
        underWay.push(id);
      }
      const { body, status } = await together(everywhere);
      expect([status, body.items.map(({ id }: Rollout) => id)]).toEqual([
        201,
        underWay,
      ]);
      for (const id of underWay)
        expect((await calls.ended(id)).phase).toBe('aborted');
      expect(await rejectionOf(bad)).toBeDefined();
      expect(await versions()).toEqual({
        [production]: '1.0.0',
        [staging]: '1.0.0',
      });
    });
  });

  it('of a release ends what is under way with it elsewhere', async () => {
    await releases('1.0.0', '2.0.0');
    const other = { componentRef: checkout, environmentRef: staging };
    const { body: page } = await calls.get(
      `/releases?componentRef=${checkout}&version=1.0.0`,
    );
    await calls.rollOut(page.items[0].id, { ...other, ...atOnce });
    const { body: releasesPage } = await calls.get(
      `/releases?componentRef=${checkout}&version=2.0.0`,
    );
    const bad = releasesPage.items[0].id;
    const elsewhere = await calls.start(bad, {
      ...other,
      strategy: waitsHalfWay,
    });
    await calls.paused(elsewhere);
    await calls.post('/rollbacks', { ...target, reason: 'It is bad' });
    const ended = await calls.ended(elsewhere);
    expect(ended.phase).toBe('aborted');
  });
});
