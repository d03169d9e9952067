import { TestDatabases } from '@backstage/backend-test-utils';
import {
  checkout,
  DeliveryCalls,
  production,
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

  it('of a release ends what is under way with it elsewhere', async () => {
    await releases('1.0.0', '2.0.0');
    const staging = {
      componentRef: checkout,
      environmentRef: 'resource:default/staging',
    };
    const { body: page } = await calls.get(
      `/releases?componentRef=${checkout}&version=1.0.0`,
    );
    await calls.rollOut(page.items[0].id, { ...staging, ...atOnce });
    const { body: releasesPage } = await calls.get(
      `/releases?componentRef=${checkout}&version=2.0.0`,
    );
    const bad = releasesPage.items[0].id;
    const elsewhere = await calls.start(bad, {
      ...staging,
      strategy: waitsHalfWay,
    });
    await calls.paused(elsewhere);
    await calls.post('/rollbacks', { ...target, reason: 'It is bad' });
    const ended = await calls.ended(elsewhere);
    expect(ended.phase).toBe('aborted');
  });
});
