import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { startDelivery } from '../__testUtils__/startDelivery';
import { taskLog } from '../__testUtils__/taskLog';
import { createCreateReleaseAction } from './createRelease';

const checkout: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace: 'default' },
};

describe('slipway:release:create', () => {
  const workspace = createMockDirectory();
  let delivery: Awaited<ReturnType<typeof startDelivery>>;
  beforeEach(async () => {
    delivery = await startDelivery();
  });
  afterEach(() => delivery.backend.stop());

  type Input = Parameters<
    ReturnType<typeof createCreateReleaseAction>['handler']
  >[0]['input'];

  async function create(
    options: {
      input?: Partial<Input>;
      isDryRun?: boolean;
      entities?: Entity[];
      signal?: AbortSignal;
    } = {},
  ) {
    const { client, auth } = delivery;
    const { lines, logger } = taskLog();
    const outputs: Record<string, unknown> = {};
    const catalog = catalogServiceMock({
      entities: options.entities ?? [checkout],
    });
    await createCreateReleaseAction({ client, auth, catalog }).handler({
      ...createMockActionContext({
        logger,
        workspacePath: workspace.path,
        input: {
          componentRef: 'component:default/checkout',
          version: '1.0.0',
          artifact: { kind: 'tarball', spec: { path: 'x.tgz' } },
          ...options.input,
        },
      }),
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ada'),
      isDryRun: options.isDryRun,
      signal: options.signal,
      output: (name, value) => {
        outputs[name] = value;
      },
    });
    return { outputs, lines };
  }

  it('records the release in the name of the caller', async () => {
    const { outputs } = await create({
      input: {
        health: { readiness: { path: '/readyz' } },
        provenance: { commit: 'abcdef0', authors: ['user:default/ada', ''] },
        configuration: {
          values: { PERCENT: 30, ON: true, EMPTY: '', TEXT: 'x' },
        },
      },
    });
    expect(outputs).toEqual({
      releaseId: 'release-1',
      version: '1.0.0',
      digest: expect.stringMatching(/^sha256:/),
    });
    expect(delivery.standIn.changes).toEqual([
      {
        request: 'POST /releases',
        caller: 'user:default/ada',
        idempotencyKey: expect.stringMatching(
          /^scaffolder:mock-task-id:mock-step-id:[0-9a-f]{16}$/,
        ),
        body: {
          componentRef: 'component:default/checkout',
          version: '1.0.0',
          artifact: { kind: 'tarball', spec: { path: 'x.tgz' } },
          health: { readiness: { path: '/readyz' } },
          provenance: { commit: 'abcdef0', authors: ['user:default/ada'] },
          configuration: { values: { PERCENT: '30', ON: 'true', TEXT: 'x' } },
        },
      },
    ]);
  });

  it('gives the bill of materials of the workspace with it', async () => {
    const sbom = { bomFormat: 'CycloneDX', components: [{ name: 'express' }] };
    workspace.setContent({
      'out/bom.json': JSON.stringify(sbom),
      'bom.xml': '<bom/>',
    });
    await create({ input: { sbomPath: 'out/bom.json' } });
    expect(delivery.standIn.changes).toEqual([
      expect.objectContaining({ body: expect.objectContaining({ sbom }) }),
    ]);
    for (const [sbomPath, why] of [
      ['bom.json', "there is no file 'bom.json' in the workspace"],
      ['bom.xml', "'bom.xml' is not a bill of materials as JSON"],
      ['../secrets.json', 'not allowed'],
    ])
      await expect(create({ input: { sbomPath } })).rejects.toThrow(why);
    expect(delivery.standIn.changes).toHaveLength(1);
  });

  it('does a retried step once', async () => {
    const first = await create();
    expect((await create()).outputs).toEqual(first.outputs);
    expect(delivery.standIn.releases).toHaveLength(1);
  });

  it('says why it was refused', async () => {
    delivery.standIn.refusal = 'Only group:default/payments may release it';
    await expect(create()).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'Only group:default/payments may release it',
    });
  });

  it('does not wait forever for a component that does not come', async () => {
    await expect(
      create({ entities: [], input: { waitForCatalogSeconds: 0 } }),
    ).rejects.toThrow(
      'component:default/checkout did not appear in the catalog within 0 s',
    );
    expect(delivery.standIn.changes).toEqual([]);
  });

  it('stops waiting when the task is cancelled', async () => {
    const controller = new AbortController();
    const creating = create({ entities: [], signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(creating).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('records nothing in a dry run, but knows the kinds of artifacts', async () => {
    const { outputs, lines } = await create({ isDryRun: true, entities: [] });
    expect(outputs).toEqual({ releaseId: 'dry-run', version: '1.0.0' });
    expect(lines.join()).toContain('Would record the release 1.0.0');
    await expect(
      create({
        isDryRun: true,
        input: { artifact: { kind: 'floppy', spec: {} } },
      }),
    ).rejects.toThrow("no artifact kind 'floppy'. There is: npm, tarball");
    expect(delivery.standIn.changes).toEqual([]);
  });
});
