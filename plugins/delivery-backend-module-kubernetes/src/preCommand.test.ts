import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import { callContext, demoWeb, targetIn } from './__testUtils__/target';
import { KubernetesRuntime } from './KubernetesRuntime';

jest.setTimeout(240_000);

const withCommand = (script: string) => {
  const release = demoWeb(1, { GREETING: 'hello' });
  return {
    ...release,
    artifact: {
      ...release.artifact,
      spec: { ...release.artifact.spec, preCommand: ['sh', '-c', script] },
    },
  };
};

describeWithCluster('The command before a rollout', { nodes: true }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let runtime: KubernetesRuntime;

  beforeAll(async () => {
    cluster = await TestCluster.start({ nodes: true, rbac });
    plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    runtime = new KubernetesRuntime({
      clusters: new ClusterDirectory(plugin.services('delivery')),
      settings: {
        allowTags: true,
        progressDeadlineSeconds: 20,
        preCommandTimeoutSeconds: 60,
        drainSeconds: 5,
      },
      now: Date.now,
    });
  });

  afterAll(async () => {
    await plugin?.stop();
    await cluster?.stop();
  });

  const jobs = async (namespace: string) =>
    (await cluster.kubectl('get', 'jobs', '-n', namespace, '-o', 'name'))
      .split('\n')
      .filter(Boolean);

  const prepare = (
    target: ReturnType<typeof targetIn>,
    release: ReturnType<typeof withCommand>,
    idempotencyKey: string,
    signal = AbortSignal.timeout(120_000),
  ) => runtime.prepare(target, release, { idempotencyKey, signal });

  it('runs to its end with the variables of the release, tells its output, and runs once for a release', async () => {
    const target = targetIn(await cluster.namespace('migrates'));
    const release = withCommand('sleep 2; echo "$GREETING, migrated"');
    await runtime.validate(target, release);
    expect(await jobs('migrates')).toEqual([]);

    await prepare(target, release, 'run-1/prepare:0');
    const lines = await runtime.logs(
      target,
      { releaseId: release.releaseId, tail: 10 },
      callContext(),
    );
    expect(lines.map(({ text }) => text)).toEqual(['hello, migrated']);
    // It is no copy of the software.
    expect(await runtime.observe(target, callContext())).toBeUndefined();

    await prepare(target, release, 'run-2/prepare:0');
    expect(await jobs('migrates')).toHaveLength(1);
  });

  it('keeps the rollout from beginning when it fails, with its last words, and runs anew when that is retried', async () => {
    const target = targetIn(await cluster.namespace('fails'));
    const release = withCommand('echo "table orders is locked"; exit 3');
    await expect(
      prepare(target, release, 'run-1/prepare:0'),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /it ended with code 3: table orders is locked.*Nothing was rolled out/,
      ),
    });
    await expect(prepare(target, release, 'run-1/prepare:1')).rejects.toThrow(
      'table orders is locked',
    );
    expect(await jobs('fails')).toHaveLength(2);
  });

  it('is found again by the worker that comes after one that died', async () => {
    const target = targetIn(await cluster.namespace('survives'));
    const release = withCommand('sleep 4; echo done');
    await expect(
      prepare(target, release, 'run-1/prepare:0', AbortSignal.timeout(1500)),
    ).rejects.toThrow();
    await prepare(target, release, 'run-1/prepare:0');
    expect(await jobs('survives')).toHaveLength(1);
  });

  it('says at once when its image cannot be had', async () => {
    const target = targetIn(await cluster.namespace('no-image'));
    const release = withCommand('true');
    const missing = {
      ...release,
      artifact: {
        ...release.artifact,
        spec: { ...release.artifact.spec, image: 'demo-web:404' },
      },
    };
    await expect(
      prepare(target, missing, 'run-1/prepare:0'),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('demo-web:404'),
    });
  });
});
