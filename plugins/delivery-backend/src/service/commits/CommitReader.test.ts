import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type {
  DeliveryCommitSource,
  SourceCommitRange,
} from '@slipway/backstage-plugin-delivery-node';
import { CommitRangeStore } from '../../database/CommitRangeStore';
import { migrate } from '../../database/migrate';
import { CommitReader } from './CommitReader';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const range = {
  location: { type: 'url', target: 'https://git.example.com/shop/' },
  from: 'a'.repeat(40),
  to: 'b'.repeat(40),
};
const nothing = { total: 0, items: [] };
const found: SourceCommitRange = { added: nothing, removed: nothing };

describe.each(databases.eachSupportedId())(
  'commits of a source that is slow or fails, on %s',
  databaseId => {
    let now: number;
    let answer: () => Promise<SourceCommitRange>;
    const between = jest.fn(() => answer());
    const source: DeliveryCommitSource = {
      name: 'history',
      title: 'The history',
      reads: () => true,
      between,
    };
    const logger = mockServices.logger.mock();
    let store: CommitRangeStore;
    let replicas: CommitReader[];

    beforeEach(async () => {
      now = Date.parse('2026-11-27T00:00:00Z');
      jest.clearAllMocks();
      const knex = await databases.init(databaseId);
      await migrate(knex);
      store = new CommitRangeStore(knex);
      replicas = [1, 2].map(
        () =>
          new CommitReader({
            logger,
            now: () => now,
            registry: { commitSources: [source] },
            store,
          }),
      );
    });
    afterEach(() => Promise.all(replicas.map(replica => replica.stop())));

    const ask = () =>
      Promise.all(replicas.map(replica => replica.between(range)));

    it('no replica waits for another one, which may be gone', async () => {
      const waiting: Array<(range: SourceCommitRange) => void> = [];
      answer = () => new Promise(resolve => waiting.push(resolve));
      const reading = { state: 'reading' };
      expect(await ask()).toEqual([reading, reading]);
      expect(waiting).toHaveLength(2);
      waiting[1](found);
      expect(await replicas[1].between(range)).toMatchObject({
        state: 'known',
      });
      // What one has read the other one has.
      expect(await replicas[0].between(range)).toMatchObject({
        state: 'known',
      });
    });

    it('is asked again after a while, and what its vendor said stays in the log', async () => {
      answer = async () => {
        throw new Error('connect 10.0.0.7:443 with token abc');
      };
      const [reader] = replicas;
      const silent = {
        state: 'unknown',
        reason: 'The history could not answer; try again later',
      };
      expect(await reader.between(range)).toEqual(silent);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('10.0.0.7'),
      );
      answer = async () => {
        throw new NotFoundError('It has no such commit');
      };
      expect(await ask()).toEqual([silent, silent]);
      expect(between).toHaveBeenCalledTimes(1);
      now += 6 * 60_000;
      expect(await reader.between(range)).toEqual({
        state: 'unknown',
        reason: 'It has no such commit',
      });
      now += 6 * 60_000;
      answer = async () => found;
      expect((await reader.between(range)).state).toBe('known');
    });

    it('a stop is no failure, and a failure takes nothing away that is known', async () => {
      answer = () => new Promise(() => {});
      expect((await replicas[0].between(range)).state).toBe('reading');
      await replicas[0].stop();
      answer = async () => found;
      expect((await replicas[1].between(range)).state).toBe('known');

      const at = new Date(now).toISOString();
      await store.put('x', { at, range: found });
      await store.put('x', { at, problem: 'Another replica failed' });
      expect(await store.get('x')).toEqual({ at, range: found });
      await store.purge(new Date(now + 1).toISOString());
      expect(await store.get('x')).toBeUndefined();
    });
  },
);
