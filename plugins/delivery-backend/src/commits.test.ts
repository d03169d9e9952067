import { createBackendModule } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import type { CommitComparison } from '@slipway/backstage-plugin-delivery-common';
import {
  deliveryCommitsExtensionPoint,
  type DeliveryCommitSource,
  type SourceCommitRange,
} from '@slipway/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import {
  DeliveryCalls,
  production,
  releaseRequest,
} from './__testUtils__/DeliveryCalls';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const sha = (digit: string) => digit.repeat(40);
const range: SourceCommitRange = {
  added: {
    total: 60,
    items: Array.from({ length: 60 }, (_, index) => ({
      sha: sha('b'),
      title: `Change ${index}`,
      authorName: 'Dana',
      at: '2026-11-20T10:00:00.000Z',
      url: index ? 'file:///etc/passwd' : 'https://git.example.com/commit/b',
    })),
  },
  removed: { total: 0, items: [] },
};

/** A history that a test steers. */
class History implements DeliveryCommitSource {
  readonly name = 'history';
  readonly title = 'The history';
  readonly asked: unknown[] = [];
  answer = async () => range;

  reads({ type }: { type: string }) {
    return type === 'url';
  }

  async between(wanted: unknown) {
    this.asked.push(wanted);
    return this.answer();
  }
}

const feature = (source: DeliveryCommitSource) =>
  createBackendModule({
    pluginId: 'delivery',
    moduleId: 'history',
    register(env) {
      env.registerInit({
        deps: { commits: deliveryCommitsExtensionPoint },
        async init({ commits }) {
          commits.addSource(source);
        },
      });
    },
  });

const component = (name: string, annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
  spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
});
const location = { type: 'url', target: 'https://git.example.com/shop/' };
const entities = [
  component('shop', {
    'backstage.io/source-location': `url:${location.target}`,
  }),
  component('elsewhere', {
    'backstage.io/managed-by-location': 'file:/etc/passwd',
  }),
  component('nowhere', {}),
];

describe.each(databases.eachSupportedId())(
  'the commits that a release brings, on %s',
  databaseId => {
    let knex: Knex;
    let history: History;
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    const calls = new DeliveryCalls(() => delivery.server);

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await start();
    });
    afterEach(() => delivery.backend.stop());

    async function start() {
      history = new History();
      delivery = await startDelivery(knex, undefined, {
        features: [feature(history)],
        entities,
      });
    }

    async function release(name: string, version: string, commit?: string) {
      const { body } = await calls.post('/releases', {
        ...releaseRequest(version),
        componentRef: `component:default/${name}`,
        ...(commit && { provenance: { commit } }),
      });
      return body.id as string;
    }

    async function commits(
      to: string,
      from: string,
    ): Promise<CommitComparison> {
      const { body } = await calls.get(
        `/releases/${to}/comparison?${new URLSearchParams({ environmentRef: production, fromReleaseId: from })}`,
      );
      return body.commits;
    }

    async function two(name = 'shop') {
      return [
        await release(name, '1.0.0', sha('a')),
        await release(name, '2.0.0', sha('b')),
      ] as const;
    }

    it('are read from where the catalog says that the sources are, fifty of them, with links that are safe to follow', async () => {
      const [one, next] = await two();
      const { added, state } = await commits(next, one);
      expect(history.asked).toEqual([
        { location, from: sha('a'), to: sha('b') },
      ]);
      expect([state, added?.total, added?.items.length]).toEqual([
        'known',
        60,
        50,
      ]);
      expect(added?.items[0].url).toBe('https://git.example.com/commit/b');
      expect(added?.items[1].url).toBeUndefined();
    });

    it('are asked for once, whoever looks, and still known after a restart', async () => {
      const [one, next] = await two();
      await Promise.all([commits(next, one), commits(next, one)]);
      expect(history.asked).toHaveLength(1);
      await delivery.backend.stop();
      await start();
      expect((await commits(next, one)).state).toBe('known');
      expect(history.asked).toHaveLength(0);
    });

    it('keep nobody waiting who looks while a long history is being read', async () => {
      let read: (value: SourceCommitRange) => void = () => {};
      history.answer = () =>
        new Promise(resolve => {
          read = resolve;
        });
      const [one, next] = await two();
      expect(await commits(next, one)).toEqual({ state: 'reading' });
      read(range);
      expect((await commits(next, one)).state).toBe('known');
      expect(history.asked).toHaveLength(1);
    });

    it('are unknown with the reason where nobody can tell them, and never none', async () => {
      const [one, next] = await two();
      const silent = await release('shop', '3.0.0');
      expect(await commits(silent, one)).toEqual({
        state: 'unknown',
        reason: expect.stringContaining('which commit 3.0.0 was built from'),
      });
      history.answer = async () => {
        throw new NotAllowedError('The host does not let the portal in');
      };
      expect(await commits(next, one)).toEqual({
        state: 'unknown',
        reason: expect.stringContaining('does not let the portal in'),
      });
      history.answer = async () => {
        throw new Error('fetch of https://x:token@git.example.com failed');
      };
      expect(await commits(one, next)).toEqual({
        state: 'unknown',
        reason: 'The history could not answer; try again later',
      });
      const [older, newer] = await two('nowhere');
      expect((await commits(newer, older)).reason).toContain(
        'does not say where the sources of nowhere are',
      );
      const [before, after] = await two('elsewhere');
      expect((await commits(after, before)).reason).toContain(
        "No module reads the history of sources at 'file:'",
      );
    });

    it('are none, without anybody being asked, where both releases come from one commit', async () => {
      const one = await release('shop', '1.0.0', sha('a'));
      const next = await release('shop', '1.0.1', sha('a'));
      expect(await commits(next, one)).toMatchObject({
        state: 'known',
        added: { total: 0 },
        removed: { total: 0 },
      });
      expect(history.asked).toHaveLength(0);
    });
  },
);
