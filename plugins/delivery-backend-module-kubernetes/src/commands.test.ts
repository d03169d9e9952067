import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  type PolicyRule,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import { callContext, demoWeb, pause, targetIn } from './__testUtils__/target';
import { KubernetesRuntime } from './KubernetesRuntime';

jest.setTimeout(240_000);

const withCommand = (
  script: string,
  when: 'preCommand' | 'postCommand' = 'preCommand',
) => {
  const release = demoWeb(1, { GREETING: 'hello' });
  return {
    ...release,
    artifact: {
      ...release.artifact,
      spec: { ...release.artifact.spec, [when]: ['sh', '-c', script] },
    },
  };
};

describeWithCluster('Commands of a release', { nodes: true }, () => {
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
        commandTimeoutSeconds: 60,
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

  it('run to its end before a rollout with the variables of the release, tell their output, and run once for a release', async () => {
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

  it('keep the rollout from beginning when they fail, with their last words, and run anew when that is retried', async () => {
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

  it('are found again by the worker that comes after one that died, and by whoever tries again', async () => {
    const target = targetIn(await cluster.namespace('survives'));
    const release = withCommand('sleep 4; echo done');
    await expect(
      prepare(target, release, 'run-1/prepare:0', AbortSignal.timeout(1500)),
    ).rejects.toThrow();
    await expect(
      prepare(target, release, 'run-1/prepare:0', AbortSignal.timeout(500)),
    ).rejects.toThrow();
    await prepare(target, release, 'run-1/prepare:1');
    expect(await jobs('survives')).toHaveLength(1);
  });

  it('say at once when their image cannot be had', async () => {
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

  it('run once for each rollout when the release has all traffic, and say how they failed', async () => {
    const target = targetIn(await cluster.namespace('concludes'));
    const release = withCommand('echo "$GREETING, all is well"', 'postCommand');
    expect(runtime.concludes(release)).toBe(true);
    expect(runtime.concludes(withCommand('true'))).toBe(false);
    await runtime.validate(target, release);
    const conclude = (key: string, of = release) =>
      runtime.conclude(target, of, {
        idempotencyKey: key,
        signal: AbortSignal.timeout(120_000),
      });

    await prepare(target, release, 'run-1/prepare:0');
    expect(await jobs('concludes')).toEqual([]);
    await conclude('run-1/conclude:0');
    await conclude('run-1/conclude:1');
    expect(await jobs('concludes')).toHaveLength(1);
    await conclude('run-2/conclude:0');
    expect(await jobs('concludes')).toHaveLength(2);
    const lines = await runtime.logs(
      target,
      { releaseId: release.releaseId, tail: 10 },
      callContext(),
    );
    expect(lines.map(({ text }) => text)).toEqual(
      Array(2).fill('hello, all is well'),
    );

    const wrong = withCommand(
      'echo "2 of 9 checks failed"; exit 1',
      'postCommand',
    );
    await expect(conclude('run-3/conclude:0', wrong)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /after the rollout failed.*it ended with code 1: 2 of 9 checks failed$/,
      ),
    });
  });

  it.each([
    [
      'end when the rollout is taken back',
      undefined,
      { left: 0, end: 'somebody has deleted its Job' },
    ],
    [
      'are left to themselves by a role of before, and traffic does not wait for them',
      (rules: PolicyRule[]) =>
        rules.map(rule => ({
          ...rule,
          verbs: rule.verbs.filter(
            verb => verb !== 'delete' || !rule.resources?.includes('jobs'),
          ),
        })),
      { left: 1, end: 'under way' },
    ],
  ])('%s', async (_, rules, { left, end }) => {
    const name = `takes-back-${left}`;
    const target = targetIn(await cluster.namespace(name, rules));
    const release = withCommand('sleep 60', 'postCommand');
    const concluding = (run: string) =>
      runtime.conclude(target, release, {
        idempotencyKey: `${run}/conclude:0`,
        signal: AbortSignal.timeout(120_000),
      });
    const takeBack = (run: string) =>
      runtime.apply(
        target,
        { generation: 2, versions: [], concluding: release },
        { ...callContext(), idempotencyKey: `${run}/converge:2` },
      );
    const ended = concluding('run-1').then(
      () => 'done',
      error => String(error),
    );
    while ((await jobs(name)).length === 0) await pause(100);
    // That of another rollout is none of its business.
    await takeBack('run-2');
    expect(await jobs(name)).toHaveLength(1);
    await takeBack('run-1');
    expect(await jobs(name)).toHaveLength(left);
    expect(
      await Promise.race([ended, pause(3000).then(() => 'under way')]),
    ).toContain(end);
  });
});
