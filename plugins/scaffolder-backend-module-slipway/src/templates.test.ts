import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { targetPaths } from '@backstage/cli-common';
import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { extract } from 'tar';
import { parseAllDocuments } from 'yaml';
// What the real plugin on the other side makes of it.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { parsePolicy } from '../../scaling-backend/src/domain/policy/parsePolicy';
import { startPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

/** A value that breaks whatever is not escaped. */
const AWKWARD = `It's "quoted": #1 \\ {{ x }} <b>&`;

describe('the templates', () => {
  const mock = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startPortal>>;
  beforeAll(async () => {
    portal = await startPortal(mock);
  });
  afterAll(() => portal?.backend.stop());

  const component = (name: string) =>
    portal.call<Entity>(`catalog/entities/by-name/component/default/${name}`);

  const values = {
    name: 'greeter',
    description: AWKWARD,
    owner: 'user:default/mock',
    system: 'system:default/shop',
    greeting: AWKWARD,
    replicas: 2,
  };

  it('New web service can be tried without making anything', async () => {
    const directory = targetPaths.resolveRoot('templates/new-web-service');
    const template = await portal.until(() =>
      portal.call<Entity>(
        'catalog/entities/by-name/template/default/new-web-service',
      ),
    );
    const files = await serializeDirectoryContents(directory);
    const result = await portal.call<{
      log: Array<{ body: { message: string } }>;
      directoryContents: Array<{ path: string }>;
    }>('scaffolder/v2/dry-run', {
      template,
      values,
      secrets: {},
      directoryContents: files.map(({ path, content }) => ({
        path,
        base64Content: content.toString('base64'),
      })),
    });
    const log = result.log.map(({ body }) => body.message).join('\n');
    expect(log).toContain("Would create the local repository 'greeter'");
    expect(log).toContain('Would register the local repository');
    expect(log).toContain('Would record the release 1.0.0');
    expect(log).toContain('Would roll dry-run of component:default/greeter');
    expect(result.directoryContents.map(({ path }) => path)).toContain(
      'src/main.js',
    );
    expect(portal.standIn.changes).toEqual([]);
    expect(existsSync(mock.resolve('repositories'))).toBe(false);
  });

  it('New web service makes one that is in the catalog, released and rolled out', async () => {
    const { status, log, output } = await portal.runTemplate(
      'new-web-service',
      values,
    );
    expect(`${status}\n${log}`).toMatch(/^completed/);

    const entity = await component('greeter');
    expect(entity.metadata.description).toBe(AWKWARD);
    expect(entity.spec).toMatchObject({
      owner: 'user:default/mock',
      system: 'system:default/shop',
    });
    expect(entity.metadata.annotations).toMatchObject({
      'slipway.dev/repository': 'greeter',
      'backstage.io/managed-by-location': 'slipway-repository:greeter',
    });

    const [release, rollout] = portal.standIn.changes.slice(-2);
    expect(release).toMatchObject({
      request: 'POST /releases',
      caller: 'user:default/mock',
      body: {
        componentRef: 'component:default/greeter',
        version: '1.0.0',
        artifact: {
          kind: 'tarball',
          spec: {
            path: expect.stringMatching(/artifacts\/greeter\/[0-9a-f]{40}.tgz/),
            command: ['node', 'src/main.js'],
          },
          digest: expect.stringMatching(/^sha256:/),
        },
        provenance: {
          commit: expect.stringMatching(/^[0-9a-f]{40}$/),
          authors: ['user:default/mock'],
        },
      },
    });
    expect(rollout).toMatchObject({
      request: 'POST /rollouts',
      caller: 'user:default/mock',
      body: { environmentRef: 'resource:default/development', replicas: 2 },
    });
    expect(output.links).toEqual([
      expect.objectContaining({
        title: 'Open in the catalog',
        entityRef: 'component:default/greeter',
      }),
      expect.objectContaining({
        url: '/catalog/default/component/greeter/deployments',
      }),
      expect.objectContaining({
        url: expect.stringMatching(
          /^https:\/\/portal.example.com\/delivery\/rollouts\/rollout-/,
        ),
      }),
      expect.objectContaining({
        title: 'The running service',
        url: 'http://127.0.0.1:4000',
      }),
    ]);
  });

  it('the new service passes its own tests, and its manifests are what Kubernetes reads', async () => {
    const { artifact } = portal.standIn.releases[0];
    mkdirSync(mock.resolve('service'));
    await extract({
      file: String(artifact.spec.path),
      cwd: mock.resolve('service'),
    });
    const read = (path: string) =>
      readFileSync(mock.resolve('service', path), 'utf8');

    expect(JSON.parse(read('settings.json'))).toEqual({ greeting: AWKWARD });
    expect(JSON.parse(read('package.json'))).toMatchObject({
      name: 'greeter',
      version: '1.0.0',
      description: AWKWARD,
    });
    for (const kind of ['Deployment', 'Service']) {
      const [document] = parseAllDocuments(
        read(`kubernetes/${kind.toLowerCase()}.yaml`),
      );
      expect(document.errors).toEqual([]);
      expect(document.toJS()).toMatchObject({
        kind,
        metadata: { name: 'greeter' },
      });
    }

    const report = execFileSync(process.execPath, ['--test'], {
      cwd: mock.resolve('service'),
      encoding: 'utf8',
      // Under jest, node would take this for a test file of its own runner.
      env: { PATH: process.env.PATH },
    });
    expect(report).toMatch(/fail 0/);
  });

  it('New web service refuses a name that is taken', async () => {
    const { status, log } = await portal.runTemplate('new-web-service', {
      ...values,
      greeting: 'Another one',
    });
    expect(status).toBe('failed');
    expect(log).toContain('Choose another name');
  });

  it('Release a new version commits, releases and rolls out, with the faults asked for', async () => {
    const { status, log } = await portal.runTemplate('release-new-version', {
      componentRef: 'component:default/greeter',
      version: '1.1.0',
      greeting: 'Good evening',
      errorPercent: 30,
      failHealth: true,
      environmentRef: 'resource:default/staging',
      strategy: 'canary',
    });
    expect(`${status}\n${log}`).toMatch(/^completed/);
    const [release, rollout] = portal.standIn.changes.slice(-2);
    expect(release.body).toMatchObject({
      version: '1.1.0',
      configuration: {
        values: { FAULT_ERROR_PERCENT: '30', FAULT_HEALTH: 'fail' },
      },
    });
    expect(rollout.body).toMatchObject({
      environmentRef: 'resource:default/staging',
      strategy: { canary: { steps: [{ setWeight: 10 }] } },
    });

    const { artifact } = portal.standIn.releases.at(-1)!;
    mkdirSync(mock.resolve('second'));
    await extract({
      file: String(artifact.spec.path),
      cwd: mock.resolve('second'),
    });
    const read = (path: string) =>
      JSON.parse(readFileSync(mock.resolve('second', path), 'utf8'));
    expect(read('package.json').version).toBe('1.1.0');
    expect(read('settings.json')).toEqual({ greeting: 'Good evening' });
  });

  it('Release a new version need not roll out, and leaves out what is left empty', async () => {
    const rollouts = portal.standIn.rollouts.length;
    const { status, log, output } = await portal.runTemplate(
      'release-new-version',
      { componentRef: 'component:default/greeter', version: '1.2.0' },
    );
    expect(`${status}\n${log}`).toMatch(/^completed/);
    expect(portal.standIn.rollouts).toHaveLength(rollouts);
    expect(portal.standIn.releases.at(-1)!.configuration.values).toEqual({});
    expect(output.links?.map(({ title }) => title)).toEqual([
      'Open in the catalog',
      'Deployments',
    ]);
  });

  it('Roll out a release finds it by its version', async () => {
    const { status, log } = await portal.runTemplate('rollout-release', {
      componentRef: 'component:default/greeter',
      version: '1.0.0',
      environmentRef: 'resource:default/production',
      strategy: 'default',
      reason: 'The sale',
      wait: true,
    });
    expect(`${status}\n${log}`).toMatch(/^completed/);
    expect(portal.standIn.changes.at(-1)!.body).toEqual({
      componentRef: 'component:default/greeter',
      environmentRef: 'resource:default/production',
      releaseId: 'release-1',
      reason: 'The sale',
    });
  });

  it('Roll out a release fails when the rollout is rolled back', async () => {
    portal.standIn.script = ['progressing', 'rolledBack'];
    const { status, log } = await portal.runTemplate('rollout-release', {
      componentRef: 'component:default/greeter',
      version: '1.1.0',
      environmentRef: 'resource:default/production',
    });
    portal.standIn.script = ['progressing', 'succeeded'];
    expect(status).toBe('failed');
    expect(log).toContain('The rollout was rolled back: error rate 31 %');
  });

  it('Promote a release takes several as one unit', async () => {
    const { status, log, output } = await portal.runTemplate(
      'promote-release',
      {
        items: [
          { componentRef: 'component:default/greeter', version: '1.0.0' },
        ],
        toStage: 'production',
        wait: true,
      },
    );
    expect(`${status}\n${log}`).toMatch(/^completed/);
    expect(portal.standIn.changes.at(-1)).toMatchObject({
      request: 'POST /promotions',
      caller: 'user:default/mock',
      body: {
        items: [
          {
            componentRef: 'component:default/greeter',
            releaseId: 'release-1',
          },
        ],
        toStage: 'production',
      },
    });
    expect(output.links?.[0].url).toBe(
      'https://portal.example.com/delivery/promotions/promotion-1',
    );
  });

  it('Register an existing npm service brings it into the catalog and runs it', async () => {
    const { status, log } = await portal.runTemplate('register-npm-service', {
      name: 'files',
      description: AWKWARD,
      owner: 'user:default/mock',
      package: 'http-server',
      version: '14.1.1',
      args: ['-p', '{port}'],
      healthPath: '/',
      replicas: 1,
    });
    expect(`${status}\n${log}`).toMatch(/^completed/);
    const entity = await component('files');
    expect(entity.metadata).toMatchObject({
      description: AWKWARD,
      annotations: { 'slipway.dev/npm-package': 'http-server' },
    });
    expect(entity.spec).not.toHaveProperty('system');
    expect(portal.standIn.releases.at(-1)!.artifact).toMatchObject({
      kind: 'npm',
      spec: {
        package: 'http-server',
        version: '14.1.1',
        args: ['-p', '{port}'],
      },
    });
  });

  it.each([
    {
      by: 'requests',
      target: 12.5,
      metric: { type: 'requestsPerReplica', target: 12.5 },
    },
    {
      by: 'cpu',
      targetUtilization: 60,
      metric: { type: 'cpu', targetUtilization: 60 },
    },
  ])(
    'Set a scaling policy asks for one by $by that holds',
    async ({ metric, ...chosen }) => {
      const { status, log } = await portal.runTemplate('set-scaling-policy', {
        componentRef: 'component:default/greeter',
        environmentRef: 'resource:default/development',
        tier: 'development',
        reason: AWKWARD,
        min: 1,
        max: 4,
        wait: true,
        ...chosen,
      });
      expect(`${status}\n${log}`).toMatch(/^completed/);
      const { policy, reason } = portal.scaling.asked.at(-1)!;
      expect(reason).toBe(AWKWARD);
      expect(parsePolicy(policy)).toMatchObject({
        policy: {
          document: {
            metadata: { name: `by-${chosen.by}` },
            spec: {
              replicas: { development: { min: 1, max: 4 } },
              metrics: [metric],
            },
          },
        },
      });
    },
  );
});
