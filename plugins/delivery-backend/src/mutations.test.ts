import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Response } from 'supertest';
import { DeliveryCalls } from './__testUtils__/DeliveryCalls';
import {
  DocumentsFile,
  farFreeze,
  pipeline,
  withFirstStage,
} from './__testUtils__/documents';
import { Grants } from './__testUtils__/Grants';
import { independentMutations, mutations } from './__testUtils__/mutations';
import { mutatingOperations } from './__testUtils__/operations';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** Each mutating operation of the document with its permission; one that takes an action in its path once for each. */
const permissionFor = new Map(
  mutatingOperations.flatMap(({ id, permission }) =>
    typeof permission === 'object'
      ? Object.values(permission)
          .flatMap(byValue => Object.entries(byValue))
          .map(([action, name]): [string, string] => [`${id} ${action}`, name])
      : [[id, String(permission)] as [string, string]],
  ),
);
const names = [...permissionFor.keys()];
const contested = names.filter(name => !independentMutations.has(name));

const people = ['ana', 'ben'];
const tests = names.length * 4;

/** A group of these users. */
function voters(users: string[]): Entity[] {
  const group = 'group:default/voters';
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'voters' },
      spec: { type: 'team', children: [] },
      relations: users.map(user => ({
        type: 'hasMember',
        targetRef: `user:default/${user}`,
      })),
    },
    ...users.map(user => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: user },
      spec: {},
      relations: [{ type: 'memberOf', targetRef: group }],
    })),
  ];
}

describe('mutating operations', () => {
  it.each(mutatingOperations)(
    '$id takes an idempotency key, and a version where it steers something that has one',
    ({ parameters, path, responses }) => {
      const named = parameters.map(({ name }) => name);
      expect(named).toContain('Idempotency-Key');
      expect(responses).toHaveProperty('409');
      const steers = /\{(rollout|promotion|approval)Id\}/.test(path);
      expect(named.includes('If-Match')).toBe(steers);
      expect('412' in responses).toBe(steers);
    },
  );

  it('are all tried below', () => {
    expect(Object.keys(mutations).sort()).toEqual([...names].sort());
  });
});

describe.each(databases.eachSupportedId())(
  'mutating operations on %s',
  databaseId => {
    const grants = new Grants();
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    let used = 0;
    const calls = new DeliveryCalls(() => delivery.server);

    beforeAll(async () => {
      delivery = await startDelivery(
        await databases.init(databaseId),
        grants.feature,
        {
          components: Array.from(
            { length: tests },
            (_, index) => `software-${index}`,
          ),
          entities: voters([
            ...people,
            ...Array.from({ length: tests }, (_, index) => `former-${index}`),
          ]),
          config: new DocumentsFile(
            withFirstStage(
              pipeline({
                staging: [
                  {
                    approval: {
                      rules: [{ group: 'group:default/voters', atLeast: 2 }],
                    },
                  },
                ],
              }),
              { onFailure: 'hold' },
            ),
            farFreeze('group:default/voters'),
          ).config,
        },
      );
    });

    afterAll(() => delivery?.backend.stop());

    /** Each test has a component of its own. */
    function prepare(name: string, user = 'ana') {
      used += 1;
      return mutations[name](
        calls,
        `component:default/software-${used - 1}`,
        user,
      );
    }

    it.each(names)(
      '%s: one key, one effect, one answer, for the same request only',
      async name => {
        const { path, body, otherBody, effects } = await prepare(name);
        const key = { user: 'ana', 'Idempotency-Key': `key ${name}` };
        const answers = await Promise.all(
          [1, 2, 3].map(() => calls.post(path, body, key)),
        );
        const later = await calls.post(path, body, key);
        expect(statuses([...answers, later])).toEqual(
          expect.not.arrayContaining([expect.any(String)]),
        );
        expect(new Set([...answers, later].map(whatItMade)).size).toBe(1);
        expect(await effects()).toBe(1);
        const other = otherBody && (await calls.post(path, otherBody, key));
        expect(other?.status ?? 409).toBe(409);
      },
    );

    it.each(contested)('%s: of two people at once one wins', async name => {
      const { path, body, otherBody = {}, effects } = await prepare(name);
      const [first, second] = await Promise.all([
        calls.post(path, body, { user: people[0] }),
        calls.post(path, otherBody, { user: people[1] }),
      ]);
      const [won, lost] = [first, second].sort((a, b) => a.status - b.status);
      expect([won.status < 300, lost.status]).toEqual([true, 409]);
      expect(await effects()).toBe(1);
      expect(lost.body.detail).toEqual(expect.any(String));
    });

    it.each(names)(
      '%s: a permission that was just taken away does not count, not even for a repeated request',
      async name => {
        const user = `former-${used}`;
        const { path, body, effects } = await prepare(name, user);
        const before = await effects();
        const key = { user, 'Idempotency-Key': 'mine' };
        const permission = permissionFor.get(name)!;
        grants.refuse(`user:default/${user}`, each => each === permission);
        const refused = await calls.post(path, body, key);
        expect([refused.status, refused.body.detail]).toEqual([
          403,
          expect.stringContaining(permission),
        ]);
        expect(await effects()).toBe(before);
        grants.refuse(`user:default/${user}`, () => false);
        expect((await calls.post(path, body, key)).status).toBeLessThan(300);
        grants.refuse(`user:default/${user}`, each => each === permission);
        expect((await calls.post(path, body, key)).status).toBe(403);
        expect(await effects()).toBe(1);
      },
    );

    it.each(names.filter(name => /^actOn(Rollout|Promotion)/.test(name)))(
      '%s: is carried out on the version that the caller has seen, or not at all',
      async name => {
        const { path, body, effects, versionOf } = await prepare(name);
        const before = await effects();
        const read = await calls.get(String(versionOf));
        const { etag } = read.headers;
        expect(etag).toBe(`"${read.body.version}"`);

        const stale = await calls.post(path, body, { 'If-Match': '"0"' });
        expect([stale.status, stale.body.detail]).toEqual([
          412,
          expect.stringContaining('read it again'),
        ]);
        const nonsense = await calls.post(path, body, { 'If-Match': 'W/1' });
        expect([nonsense.status, nonsense.body.errors?.[0].pointer]).toEqual([
          400,
          'If-Match',
        ]);
        expect(await effects()).toBe(before);

        const answers = await Promise.all(
          people.map(user =>
            calls.post(path, body, { user, 'If-Match': etag }),
          ),
        );
        const [won, lost] = [...answers].sort((a, b) => a.status - b.status);
        expect([won.status, won.headers.etag]).toEqual([
          200,
          `"${won.body.version}"`,
        ]);
        expect([409, 412]).toContain(lost.status);
        expect(await effects()).toBe(1);
      },
    );
  },
);

/** The ids of an answer: of one thing, or of several that were made as one. */
function whatItMade({ body }: Response): string {
  const made: Array<{ id: string }> = body.items ?? [body];
  expect(made).not.toHaveLength(0);
  return made.map(({ id }) => id).join();
}

/** Codes of answers, in words where they are bad. */
function statuses(answers: Response[]): Array<number | string> {
  return answers.map(({ status, body }) =>
    status < 300 ? status : `${status}: ${body.detail}`,
  );
}
