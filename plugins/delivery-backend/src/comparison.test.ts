import { TestDatabases } from '@backstage/backend-test-utils';
import type { ReleaseComparison } from '@slipway/backstage-plugin-delivery-common';
import {
  checkout,
  DeliveryCalls,
  production,
  releaseRequest,
  staging,
} from './__testUtils__/DeliveryCalls';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const bill = (versions: Record<string, string>, serial = 1) => ({
  sbom: {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial}`,
    components: Object.entries(versions).map(([name, version]) => ({
      name,
      version,
      purl: `pkg:npm/${name}@${version}`,
    })),
  },
});

describe.each(databases.eachSupportedId())(
  'what a release would change, on %s',
  databaseId => {
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    const calls = new DeliveryCalls(() => delivery.server);

    beforeAll(async () => {
      delivery = await startDelivery(await databases.init(databaseId));
    });
    afterAll(() => delivery?.backend.stop());

    async function release(version: string, more: object = {}) {
      return calls.post('/releases', { ...releaseRequest(version), ...more });
    }

    async function compared(
      id: string,
      query: Record<string, string>,
    ): Promise<ReleaseComparison> {
      const { body, status } = await calls.get(
        `/releases/${id}/comparison?${new URLSearchParams(query)}`,
      );
      expect([status, body.detail]).toEqual([200, undefined]);
      return body;
    }

    it('tells configuration, dependencies by the bills of materials, and manifests line by line', async () => {
      const { body: one } = await release('1.0.0', {
        ...bill({ express: '4.18.0', debug: '4.0.0', qs: '6.0.0' }),
        configuration: { values: { LEVEL: 'info' } },
      });
      expect(one.dependencies).toEqual({
        source: 'sbom',
        count: 3,
        digest: expect.stringMatching(/^sha256:/),
      });
      const { body: two } = await release('2.0.0', {
        ...bill({ express: '5.0.0', debug: '4.0.0', zod: '4.0.0' }),
        configuration: { values: { LEVEL: 'debug' } },
      });
      const wanted = { environmentRef: production, fromReleaseId: one.id };
      const comparison = await compared(two.id, wanted);
      expect(comparison).toMatchObject({
        change: {
          from: { version: '1.0.0' },
          to: { version: '2.0.0' },
          configuration: [{ name: 'LEVEL', from: 'info', to: 'debug' }],
        },
        dependencies: {
          comparable: true,
          total: 3,
          items: [
            { name: 'express', type: 'npm', from: ['4.18.0'], to: ['5.0.0'] },
            { name: 'qs', type: 'npm', from: ['6.0.0'], to: [] },
            { name: 'zod', type: 'npm', from: [], to: ['4.0.0'] },
          ],
        },
      });
      expect(
        comparison.manifests?.map(({ change, name }) => [name, change]),
      ).toEqual([[`Process ${checkout}`, 'changed']]);
      expect(comparison.manifests?.[0].patch.split('\n').slice(-6)).toEqual([
        '@@ -1,2 +1,2 @@',
        '-software: software-1.0.0',
        '-  LEVEL: info',
        '+software: software-2.0.0',
        '+  LEVEL: debug',
        '',
      ]);
    });

    it('says why nothing is known, and what is new where nothing runs', async () => {
      const { body: silent } = await release('3.0.0');
      expect(silent.dependencies).toBeUndefined();
      const first = await compared(silent.id, { environmentRef: staging });
      expect(first.change.from).toBeUndefined();
      expect(first.dependencies).toEqual({
        comparable: false,
        reason: 'Nothing runs there that it could be compared with',
        total: 0,
        items: [],
      });
      expect(first.manifests?.map(({ change }) => change)).toEqual([
        'added',
        'added',
      ]);

      await calls.rollOut(silent.id);
      const { body: asks } = await release('3.1.0', {
        artifact: {
          kind: 'test',
          spec: { name: 'software-3.1.0', dependencies: { express: '^5' } },
        },
      });
      expect(asks.dependencies).toMatchObject({ source: 'manifest', count: 1 });
      const half = await compared(asks.id, { environmentRef: production });
      expect(half.change.from?.version).toBe('3.0.0');
      expect(half.dependencies.reason).toMatch(
        /^Nobody has said what 3\.0\.0 is made of/,
      );
      const { body: billed } = await release('3.2.0', bill({ express: '5.0' }));
      const other = await compared(billed.id, {
        environmentRef: production,
        fromReleaseId: asks.id,
      });
      expect(other.dependencies.reason).toBe(
        'What they are made of is known from different sources (3.1.0: manifest, 3.2.0: sbom)',
      );
    });

    it('takes the same bill again whatever its order and serial number, and refuses another one', async () => {
      const first = await release('4.0.0', bill({ a: '1', b: '2' }));
      expect(first.status).toBe(201);
      const again = await release('4.0.0', bill({ b: '2', a: '1' }, 2));
      expect([again.status, again.body.id]).toEqual([200, first.body.id]);
      const other = await release('4.0.0', bill({ a: '1', b: '3' }));
      expect(other.status).toBe(409);
      const bad = await release('4.0.1', { sbom: { format: 'my own' } });
      expect([bad.status, bad.body.errors?.[0].pointer]).toEqual([
        400,
        '/sbom',
      ]);
    });

    it('refuses what is not there', async () => {
      const { body: one } = await release('5.0.0');
      const status = async (id: string, query: Record<string, string>) =>
        (
          await calls.get(
            `/releases/${id}/comparison?${new URLSearchParams(query)}`,
          )
        ).status;
      expect(await status('nothing', { environmentRef: production })).toBe(404);
      expect(
        await status(one.id, { environmentRef: 'resource:default/moon' }),
      ).toBe(400);
      expect(
        await status(one.id, {
          environmentRef: production,
          fromReleaseId: 'nothing',
        }),
      ).toBe(400);
      expect(await status(one.id, {})).toBe(400);
    });

    it('takes a long bill of materials', async () => {
      const many = Object.fromEntries(
        Array.from({ length: 5000 }, (_, index) => [
          `package-${index}`,
          '1.0.0',
        ]),
      );
      const { body: one } = await release('6.0.0', bill(many));
      const { body: two } = await release(
        '6.1.0',
        bill(
          Object.fromEntries(Object.keys(many).map(name => [name, '2.0.0'])),
        ),
      );
      const { dependencies } = await compared(two.id, {
        environmentRef: staging,
        fromReleaseId: one.id,
      });
      expect([dependencies.total, dependencies.items.length]).toEqual([
        5000, 1000,
      ]);
    });
  },
);
