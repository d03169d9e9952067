import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type {
  Pipeline,
  Promotion,
} from '@slipway/backstage-plugin-delivery-common';
import { stringify } from 'yaml';
import {
  checkout,
  DeliveryCalls,
  production,
  releaseRequest,
} from './__testUtils__/DeliveryCalls';
import { DocumentsFile, pipeline } from './__testUtils__/documents';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

jest.setTimeout(90_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const byManagers = {
  approval: { rules: [{ group: 'group:default/managers', atLeast: 1 }] },
};
const soak = { soak: { duration: '0s' } };

/** A component that the catalog has read from a directory, with a pipeline beside. */
function component(name: string, directory: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'slipway.dev/delivery-pipeline': `./${name}.yaml`,
        'backstage.io/managed-by-location': `file:${directory}/catalog-info.yaml`,
      },
    },
    spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
  };
}

describe.each(databases.eachSupportedId())(
  'a component with a pipeline of its own on %s',
  databaseId => {
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    const calls = new DeliveryCalls(() => delivery.server);

    beforeEach(async () => {
      const configured = new DocumentsFile(
        pipeline({ production: [byManagers] }),
      );
      const directory = dirname(configured.path);
      const { spec, ...document } = pipeline({ production: [soak] });
      const own = {
        ...document,
        metadata: { name: 'default', title: 'Our own' },
        spec: {
          stages: spec.stages.map(stage =>
            stage.name === 'staging' ? { ...stage, autoPromote: true } : stage,
          ),
        },
      };
      writeFileSync(join(directory, 'checkout.yaml'), stringify(own));
      writeFileSync(
        join(directory, 'broken.yaml'),
        stringify({ ...own, spec: { stages: [spec.stages[0]] } }),
      );
      const { pipelines } = configured.config.delivery;
      delivery = await startDelivery(
        await databases.init(databaseId),
        undefined,
        {
          config: {
            delivery: {
              pipelines: {
                ...pipelines,
                fromComponents: { enabled: true, baseline: 'default' },
              },
            },
          },
          components: ['Ledger'],
          entities: [
            ...organisation,
            component('checkout', directory),
            component('broken', directory),
          ],
        },
      );
      await delivery.readOwnPipelines();
    });

    afterEach(() => delivery.backend.stop());

    it('begins in production only after the vote that the baseline wants', async () => {
      const releaseId = await calls.release('1.0.0');
      await calls.rollOut(releaseId, {
        environmentRef: 'resource:default/staging',
        strategy: { rolling: {} },
      });
      const { body } = await calls.post(
        '/rollouts',
        {
          componentRef: checkout,
          environmentRef: production,
          releaseId,
          strategy: { rolling: {} },
        },
        { user: 'ana' },
      );
      expect(body).toMatchObject({
        phase: 'held',
        message: 'Needs 1 of managers',
        gates: { pipeline: { title: 'Our own' } },
      });
      expect(
        body.gates.items.map(({ kind }: { kind: string }) => kind),
      ).toEqual(['approval', 'soak']);
      const { body: preview } = await calls.get(
        `/pipelines/preview?componentRef=${checkout}`,
      );
      expect(preview.pipeline).toMatchObject({
        componentRef: checkout,
        digest: body.gates.pipeline.digest,
        source: expect.stringMatching(/checkout\.yaml$/),
      });
      await calls.post(
        `/approvals/${body.id}/approve`,
        { subjectDigest: body.gates.subject.digest },
        { user: 'eva' },
      );
      expect((await calls.ended(body.id)).phase).toBe('succeeded');
    });

    it('stands beside the configured ones, and what is wrong with others keeps nobody but them', async () => {
      const { body } = await calls.get('/pipelines');
      expect(
        body.items.map(({ title, componentRef }: Pipeline) => [
          title,
          componentRef,
        ]),
      ).toEqual([
        ['default', undefined],
        ['Our own', checkout],
      ]);
      const broken = 'component:default/broken';
      const detail =
        "has no stage in resource:default/production, and the baseline 'default' has";
      expect(body.problems).toEqual([
        expect.objectContaining({
          componentRef: broken,
          line: 7,
          field: '/spec/stages',
          detail,
        }),
      ]);
      const { body: release } = await calls.post(
        '/releases',
        releaseRequest('1.0.0', broken),
      );
      const refused = await calls.post('/rollouts', {
        componentRef: broken,
        environmentRef: production,
        releaseId: release.id,
      });
      expect([refused.status, refused.body.detail]).toEqual([
        409,
        expect.stringMatching(/broken\.yaml:7: \/spec\/stages has no stage/),
      ]);
      await calls.release('1.0.0');
      await delivery.promoteNow();
      const { body: promotions } = await calls.get('/promotions');
      expect(
        promotions.items.map(({ items }: Promotion) => items[0].componentRef),
      ).toEqual([checkout]);
    });
  },
);
