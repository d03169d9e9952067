import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  readyPods,
  TestCluster,
} from '@slipway/kubernetes-testing';
import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryTarget,
  DesiredRelease,
} from '@slipway/backstage-plugin-delivery-node';
import { rbac } from './__testUtils__/rbac';
import { demoWeb, desired, reach, targetIn } from './__testUtils__/target';
import { KubernetesRuntime } from './KubernetesRuntime';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

// No node is there: pods are said to be ready by a stand-in.
describeWithCluster('What Kubernetes would change', { nodes: false }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let runtime: KubernetesRuntime;
  let endPods: () => Promise<void>;

  beforeAll(async () => {
    cluster = await TestCluster.start({ nodes: false, rbac });
    endPods = await readyPods(cluster);
    const config = await cluster.config('test');
    plugin = await KubernetesPlugin.start([
      config,
      { ...config, name: 'gone', url: 'https://127.0.0.1:9' },
    ]);
    runtime = new KubernetesRuntime({
      clusters: new ClusterDirectory(plugin.services('delivery')),
      settings: {
        allowTags: true,
        progressDeadlineSeconds: 60,
        drainSeconds: 0,
        commandTimeoutSeconds: 60,
      },
      now: Date.now,
    });
  });

  afterAll(async () => {
    await endPods?.();
    await plugin?.stop();
    await cluster?.stop();
  });

  const preview = (
    target: DeliveryTarget,
    release: DesiredRelease,
    strategy: keyof Strategy = 'rolling',
  ) =>
    runtime.preview(target, release, {
      signal: AbortSignal.timeout(120_000),
      strategy,
    });

  /** All that a namespace holds, but for what controllers write by themselves. */
  const everything = (namespace: string) =>
    cluster.kubectl(
      ...['get', 'deployments,services,jobs', '-n', namespace],
      ...['-o', 'yaml', '--show-managed-fields'],
    );

  /** Lines that are in one of the two only. */
  const lines = (before = '', after = '') => {
    const [from, to] = [before, after].map(text =>
      text.split('\n').map(line => line.trim()),
    );
    return [
      ...from.filter(line => !to.includes(line)).map(line => `- ${line}`),
      ...to.filter(line => !from.includes(line)).map(line => `+ ${line}`),
    ];
  };

  it('shows what a first release brings, and makes nothing by looking', async () => {
    const namespace = await cluster.namespace('first');
    const target = targetIn(namespace);
    const { objects, note } = await preview(target, demoWeb(1));
    expect(objects.map(({ before, name }) => [name, before])).toEqual([
      ['Deployment shop', undefined],
      ['Service shop', undefined],
    ]);
    expect(objects[0].after).toMatch(/image: demo-web:1/);
    expect(objects[1].after).toMatch(/port: 80/);
    expect(note).toBeUndefined();
    expect(JSON.stringify(objects)).not.toMatch(
      /managedFields|resourceVersion|uid:|creationTimestamp|status:|slipway.dev\/(release|version|generation|idempotency-key|desired)\b/,
    );
    expect(
      JSON.parse(
        await cluster.kubectl(
          'get',
          'deployments,services',
          '-n',
          namespace,
          '-o',
          'json',
        ),
      ).items,
    ).toEqual([]);
  });

  it('shows a changed image and nothing else, and changes nothing by looking', async () => {
    const namespace = await cluster.namespace('image');
    const target = targetIn(namespace);
    await reach(runtime, target, desired([[demoWeb(1), 2, 100]]));
    const held = await everything(namespace);
    const { objects, note } = await preview(target, demoWeb(2));
    expect(objects.map(({ name }) => name)).toEqual([
      'Deployment shop',
      'Service shop',
    ]);
    const [deployment, service] = objects;
    expect(lines(deployment.before, deployment.after)).toEqual([
      '- image: demo-web:1',
      '+ image: demo-web:2',
    ]);
    expect(service.after).toBe(service.before);
    expect(note).toBeUndefined();
    expect(await everything(namespace)).toBe(held);

    const same = await preview(target, demoWeb(1));
    expect(same.objects.filter(one => one.before !== one.after)).toEqual([]);
    expect(same.note).toBeUndefined();
    const again = await preview(target, {
      ...demoWeb(1),
      releaseId: 'the-same-again',
    });
    expect(again.objects.filter(one => one.before !== one.after)).toEqual([]);
    expect(again.note).toMatch(/^All copies of Deployment shop are replaced/);
  });

  it('tells a field of somebody else with its owner, instead of a change', async () => {
    const namespace = await cluster.namespace('owned');
    const target = targetIn(namespace);
    await reach(runtime, target, desired([[demoWeb(1), 1, 100]]));
    await cluster.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'shop', namespace },
        spec: { progressDeadlineSeconds: 77 },
      },
      { manager: 'flux' },
    );
    const held = await everything(namespace);
    const { objects } = await preview(target, demoWeb(2));
    expect(objects[0]).toEqual({
      name: 'Deployment shop',
      before: expect.stringContaining('progressDeadlineSeconds: 77'),
      conflicts: [
        {
          field: '.spec.progressDeadlineSeconds',
          owner: 'flux',
          message: expect.stringMatching(
            /^\.spec\.progressDeadlineSeconds of Deployment shop belongs to flux, which Slipway does not overwrite/,
          ),
        },
      ],
    });
    expect(objects[1].after).toBe(objects[1].before);
    expect(await everything(namespace)).toBe(held);
  });

  it('shows where a blue-green release comes to rest as it then does, and what goes', async () => {
    const namespace = await cluster.namespace('switched');
    const target = targetIn(namespace);
    await reach(runtime, target, desired([[demoWeb(1), 1, 100]]));
    const first = await preview(target, demoWeb(2), 'blueGreen');
    expect(
      first.objects.map(({ after, before, name }) => [
        name,
        before !== undefined,
        after !== undefined,
      ]),
    ).toEqual([
      [expect.stringMatching(/^Deployment shop-[0-9a-f]{10}$/), false, true],
      ['Service shop', true, true],
      ['Deployment shop', true, false],
    ]);
    expect(lines(first.objects[1].before, first.objects[1].after)).toEqual([
      expect.stringMatching(/^\+ slipway\.dev\/release: [0-9a-f]{10}$/),
    ]);

    for (const weight of [0, 100])
      await reach(
        runtime,
        target,
        desired([
          [demoWeb(2), 1, weight],
          [demoWeb(1), 1, 100 - weight],
        ]),
      );
    await reach(runtime, target, desired([[demoWeb(2), 1, 100]]));
    const names = await cluster.kubectl(
      ...['get', 'deployments', '-n', namespace],
      ...['-o', 'jsonpath={.items[*].metadata.name}'],
    );
    expect(`Deployment ${names}`).toBe(first.objects[0].name);
    const { objects } = await preview(target, demoWeb(2), 'blueGreen');
    expect(objects).toHaveLength(1);
    expect(objects.filter(one => one.before !== one.after)).toEqual([]);
  });

  it('says that a command is run first, until it was', async () => {
    const namespace = await cluster.namespace('command');
    const release = demoWeb(1);
    const { note } = await preview(targetIn(namespace), {
      ...release,
      artifact: {
        ...release.artifact,
        spec: { ...release.artifact.spec, preCommand: ['migrate'] },
      },
    });
    expect(note).toBe('The command before the rollout is run first, as a Job');
  });

  it('says in words why it cannot tell', async () => {
    const namespace = await cluster.namespace('refusing');
    const target = targetIn(namespace);
    const problem = (to: DeliveryTarget, release = demoWeb(1)) =>
      preview(to, release).then(
        () => 'none',
        ({ message, name }: Error) => `${name}: ${message}`,
      );
    expect(
      await problem({ ...target, settings: { cluster: 'gone', namespace } }),
    ).toMatch(/^Error: Cluster 'gone' does not answer/);
    expect(
      await problem({ ...target, settings: { cluster: 'nowhere', namespace } }),
    ).toMatch(
      /^InputError: spec.target.cluster: there is no cluster 'nowhere'/,
    );
    await cluster.kubectl(
      ...[
        'create',
        'service',
        'clusterip',
        'shop',
        '--tcp=80',
        '-n',
        namespace,
      ],
    );
    expect(await problem(target)).toMatch(
      /^ConflictError: Service shop in namespace refusing was not made by Slipway/,
    );
  });
});
