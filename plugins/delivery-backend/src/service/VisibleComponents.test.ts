import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { VisibleComponents } from '@slipway/backstage-plugin-slipway-node';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { CatalogReader, type ComponentFacts } from '../catalog/CatalogReader';
import { migrate } from '../database/migrate';
import { ReleaseStore } from '../database/ReleaseStore';
import type { ReleaseDocument } from '../domain/release/releaseWorkflow';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const user = mockCredentials.user('user:default/ana');
const refOf = (index: number) => `component:default/c${index}`;

/** A catalog whose policy shows a person some components, which may change at any time. */
class Shown {
  #catalog = catalogServiceMock();
  /** As the policy would word it for the people who see this. */
  #decision = '';
  now = 0;
  /** How many references the catalog was asked about. */
  asked = 0;

  show(indexes: number[]): void {
    const entities = indexes.map((index): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: `c${index}` },
      spec: {},
    }));
    this.#catalog = catalogServiceMock({ entities });
  }

  decide(decision: string): void {
    this.#decision = decision;
  }

  over(releases: ReleaseStore): VisibleComponents<ComponentFacts> {
    const decision = async (): Promise<PolicyDecision[]> => [
      {
        // The real client passes on the number of its request.
        ...{ id: randomUUID() },
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          rule: this.#decision,
          resourceType: 'catalog-entity',
          params: {},
        },
      },
    ];
    return new VisibleComponents({
      catalog: new CatalogReader({
        ...this.#catalog,
        getEntitiesByRefs: (
          request,
          options: { credentials: BackstageCredentials },
        ) => {
          this.asked += request.entityRefs.length;
          return this.#catalog.getEntitiesByRefs(request, options);
        },
      } as ConstructorParameters<typeof CatalogReader>[0]),
      componentRefs: () => releases.componentRefs(),
      permissions: mockServices.permissions.mock({
        authorizeConditional: decision,
      }),
      logger: mockServices.logger.mock(),
      now: () => this.now,
    });
  }
}

describe.each(databases.eachSupportedId())(
  'visible components on %s',
  databaseId => {
    let knex: Knex;
    let store: ReleaseStore;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
      store = new ReleaseStore(knex);
    });

    beforeEach(async () => {
      await knex('releases').delete();
    });

    /** Many have the same instant, so that pages end between them. */
    async function release(index: number, version: number): Promise<string> {
      const id = `r-${index}-${version}`;
      await knex.transaction(tx =>
        ReleaseStore.insert(tx, {
          id,
          componentRef: refOf(index),
          version: `${version}.0.0`,
          digest: 'sha256:0',
          createdAt: `2026-01-0${(version % 3) + 1}T00:00:00.000Z`,
        } as ReleaseDocument),
      );
      return id;
    }

    function page(
      visible: VisibleComponents<ComponentFacts>,
      limit: number,
      cursor?: string,
    ) {
      return visible.page({ credentials: user }, scope =>
        store.list({ scope, descending: true, limit, cursor }),
      );
    }

    async function all(
      visible: VisibleComponents<ComponentFacts>,
      limit: number,
    ) {
      const ids: string[] = [];
      const totals = new Set<number>();
      let cursor: string | undefined;
      do {
        const { page: one } = await page(visible, limit, cursor);
        ids.push(...one.items.map(({ id }) => id));
        totals.add(one.totalItems);
        cursor = one.nextCursor;
      } while (cursor);
      return { ids, totals: [...totals] };
    }

    it('pages show every row of what is visible once, count them, and show no other', async () => {
      const components = 30;
      const ids = new Map<number, string[]>();
      for (let index = 0; index < components; index++) {
        const own: string[] = [];
        for (let version = 1; version <= 1 + (index % 4); version++)
          own.push(await release(index, version));
        ids.set(index, own);
      }
      const shown = new Shown();
      const visible = shown.over(store);
      let decision = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.nat(components - 1)),
          fc.integer({ min: 1, max: 12 }),
          async (indexes, limit) => {
            shown.show(indexes);
            shown.decide(`decision ${decision++}`);
            const expected = indexes.flatMap(index => ids.get(index) ?? []);
            const found = await all(visible, limit);
            expect([...found.ids].sort()).toEqual([...expected].sort());
            expect(found.totals).toEqual([expected.length]);
          },
        ),
        { numRuns: 40 },
      );
    });

    it('what was taken away is not shown, however young the knowledge', async () => {
      for (let index = 0; index < 6; index++) await release(index, 1);
      const shown = new Shown();
      shown.show([0, 1, 2, 3, 4, 5]);
      const visible = shown.over(store);
      expect((await all(visible, 4)).ids).toHaveLength(6);
      shown.show([0, 1, 4, 5]);
      const { page: after } = await page(visible, 10);
      expect(
        after.items.map(({ componentRef }) => componentRef).sort(),
      ).toEqual([0, 1, 4, 5].map(refOf));
      expect(after.totalItems).toBe(4);
    });

    it('a component that is new is shown at once', async () => {
      await release(0, 1);
      await release(1, 1);
      const shown = new Shown();
      shown.show([0]);
      const visible = shown.over(store);
      expect((await all(visible, 10)).ids).toEqual(['r-0-1']);
      shown.show([0, 2]);
      await release(2, 1);
      const { ids, totals } = await all(visible, 10);
      expect(ids.sort()).toEqual(['r-0-1', 'r-2-1']);
      expect(totals).toEqual([2]);
    });

    it('callers for whom the policy decides differently do not share what is known', async () => {
      await release(0, 1);
      await release(1, 1);
      const shown = new Shown();
      const visible = shown.over(store);
      shown.decide('sees one');
      shown.show([1]);
      expect((await all(visible, 10)).ids).toEqual(['r-1-1']);
      shown.decide('sees all');
      shown.show([0, 1]);
      expect((await all(visible, 10)).ids.sort()).toEqual(['r-0-1', 'r-1-1']);
    });

    it('a page asks the catalog about what is on it, and not about all there is', async () => {
      for (let index = 0; index < 20; index++) await release(index, 1);
      const shown = new Shown();
      shown.show([...Array(20).keys()]);
      const visible = shown.over(store);
      await page(visible, 3);
      shown.asked = 0;
      await page(visible, 3);
      expect(shown.asked).toBe(3);
    });

    it('few of thousands are found without reading the others', async () => {
      const rows = Array.from({ length: 2500 }, (_, index) => ({
        id: `r-${index}`,
        component_ref: refOf(index),
        version: '1.0.0',
        digest: 'sha256:0',
        created_at: '2026-01-01T00:00:00.000Z',
        document: JSON.stringify({
          id: `r-${index}`,
          componentRef: refOf(index),
        }),
      }));
      await knex.batchInsert('releases', rows, 100);
      const shown = new Shown();
      shown.show([7, 1900]);
      const visible = shown.over(store);
      const found = await all(visible, 1);
      expect(found.ids.sort()).toEqual(['r-1900', 'r-7']);
      expect(found.totals).toEqual([2]);
    });
  },
);
