import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import type { ScalingPolicy } from '@slipway/backstage-plugin-scaling-common';
import type { ControlledTarget } from '@slipway/backstage-plugin-scaling-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { join } from 'node:path';
import { autoscaler, definition, deployment } from '../__testUtils__/manifests';
import { KubernetesReplicaControl } from '../control/KubernetesReplicaControl';
import { KubernetesPolicyControl } from './KubernetesPolicyControl';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

const namespace = 'governed';
const labels = { 'backstage.io/kubernetes-id': 'shop' };

function policy(spec: Partial<ScalingPolicy['spec']> = {}): ScalingPolicy {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'ScalingPolicy',
    metadata: { name: 'web' },
    spec: {
      replicas: { production: { min: 2, max: 5 } },
      metrics: [{ type: 'cpu', targetUtilization: 70 }],
      ...spec,
    },
  };
}

describeWithCluster('Policies on Kubernetes', { nodes: true }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let control: KubernetesReplicaControl;
  let policies: KubernetesPolicyControl;

  beforeAll(async () => {
    // Exactly the rights of rbac.yaml, and in one namespace only.
    cluster = await TestCluster.start({
      nodes: true,
      rbac: join(__dirname, '../../rbac.yaml'),
    });
    await cluster.namespace(namespace);
    plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    const clusters = new ClusterDirectory(plugin.services('scaling'));
    control = new KubernetesReplicaControl(clusters);
    policies = new KubernetesPolicyControl(clusters);
  });

  afterAll(async () => {
    await plugin?.stop();
    await cluster?.stop();
  });

  const signal = () => AbortSignal.timeout(30_000);

  function target(name: string, settings: object = {}): ControlledTarget {
    return {
      environment: {
        ref: 'resource:default/prod',
        name: 'prod',
        settings: { cluster: 'test', namespace, ...settings },
      },
      componentRef: 'component:default/shop',
      workload: `Deployment/${name}`,
    };
  }

  const apply = (
    name: string,
    document: ScalingPolicy,
    limits: { min: number; max: number },
    fence: number,
    {
      dryRun = false,
      ...settings
    }: { dryRun?: boolean; prometheus?: string } = {},
  ) =>
    policies.apply(
      target(name, settings),
      { document, tier: 'production', limits },
      { fence, dryRun, signal: signal() },
    );

  const read = (name: string) =>
    control.read(target(name), { signal: signal() });

  async function ready(name: string, replicas: number) {
    await cluster.kubectl(
      ...['wait', '-n', namespace, `deployment/${name}`, '--timeout=120s'],
      replicas
        ? `--for=jsonpath={.status.readyReplicas}=${replicas}`
        : `--for=jsonpath={.spec.replicas}=0`,
    );
  }

  async function json(kind: string, name: string) {
    return JSON.parse(
      await cluster.kubectl('get', kind, name, '-n', namespace, '-o', 'json'),
    );
  }

  it('makes an autoscaler that real pods follow, with other limits at times, down to none and back; and takes it away', async () => {
    await cluster.create(deployment(namespace, 'web', labels));
    await ready('web', 1);
    const document = policy({
      behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
    });
    await apply('web', document, { min: 2, max: 5 }, 9, { dryRun: true });
    expect(await read('web')).toEqual({ driver: 'fixed', replicas: 1 });

    await apply('web', document, { min: 2, max: 5 }, 1);
    await ready('web', 2);
    expect(await read('web')).toEqual({
      driver: 'hpa',
      name: 'web',
      minReplicas: 2,
      maxReplicas: 5,
    });
    const { metadata, spec } = await json('hpa', 'web');
    expect(metadata.annotations['slipway.dev/scaling-policy']).toBe('web');
    expect(spec).toMatchObject({
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { averageUtilization: 70 } },
        },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
    });

    await apply('web', document, { min: 3, max: 3 }, 2);
    await ready('web', 3);
    await apply('web', document, { min: 0, max: 0 }, 3);
    await ready('web', 0);
    // It rests, and does not bring anything back by itself.
    expect((await json('hpa', 'web')).spec.minReplicas).toBe(2);
    await apply('web', document, { min: 2, max: 5 }, 4);
    await ready('web', 2);

    await expect(
      apply('web', document, { min: 5, max: 5 }, 3),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('later policy'),
    });
    const remove = () =>
      policies.remove(
        target('web'),
        { driver: 'fixed', replicas: 1 },
        { fence: 5, signal: signal() },
      );
    expect(await remove()).toBe('removed');
    await ready('web', 1);
    expect(await read('web')).toEqual({ driver: 'fixed', replicas: 1 });
    // The same again after a lost answer comes to the same.
    expect(await remove()).toBe('removed');
    await expect(apply('web', document, { min: 5, max: 5 }, 4)).rejects.toThrow(
      'later policy',
    );
    expect((await read('web'))?.driver).toBe('fixed');
  });

  it('lets a change by hand raise the limits meanwhile, and sets its own again', async () => {
    await cluster.create(deployment(namespace, 'both', labels));
    await apply('both', policy(), { min: 1, max: 2 }, 1);
    const now = await read('both');
    await control.write(
      target('both'),
      { ...now!, minReplicas: 3, maxReplicas: 4 },
      { fence: 1, signal: signal() },
    );
    expect(await read('both')).toMatchObject({ minReplicas: 3 });
    await apply('both', policy(), { min: 1, max: 2 }, 2);
    expect(await read('both')).toMatchObject({
      minReplicas: 1,
      maxReplicas: 2,
    });
  });

  it('leaves somebody else’s autoscaler alone', async () => {
    await cluster.create(deployment(namespace, 'theirs', labels));
    await cluster.create(
      autoscaler(namespace, 'theirs', {
        name: 'cpu',
        target: { type: 'Utilization', averageUtilization: 80 },
      }),
    );
    await expect(
      apply('theirs', policy(), { min: 2, max: 5 }, 1),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(
        'HorizontalPodAutoscaler theirs of somebody else',
      ),
    });
    expect(
      await policies.remove(target('theirs'), undefined, {
        fence: 2,
        signal: signal(),
      }),
    ).toBe('left');
    expect(await read('theirs')).toMatchObject({
      driver: 'hpa',
      minReplicas: 1,
    });
  });

  it('says what to install for what a HorizontalPodAutoscaler cannot measure, and makes a ScaledObject where it is', async () => {
    await cluster.create(deployment(namespace, 'queue', labels));
    const document = policy({
      metrics: [
        { type: 'cpu', targetUtilization: 70 },
        { type: 'queueLength', target: 10, query: 'sum(queue_length)' },
      ],
    });
    await expect(
      apply('queue', document, { min: 2, max: 5 }, 1),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('install it (https://keda.sh)'),
    });
    const crd = definition(
      'keda.sh',
      'scaledobjects',
      'ScaledObject',
      'v1alpha1',
    );
    await cluster.apply(crd);
    await cluster.kubectl(
      ...['wait', '--for=condition=Established', '--timeout=60s'],
      `crd/${crd.metadata.name}`,
    );
    await expect(
      apply('queue', document, { min: 2, max: 5 }, 1),
    ).rejects.toThrow('spec.target.prometheus of the environment is missing');
    const prometheus = 'http://prometheus.monitoring:9090';
    await apply('queue', document, { min: 2, max: 5 }, 1, { prometheus });
    expect((await json('scaledobject', 'queue')).spec).toEqual({
      scaleTargetRef: { name: 'queue' },
      minReplicaCount: 2,
      maxReplicaCount: 5,
      triggers: [
        { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } },
        {
          type: 'prometheus',
          metadata: {
            serverAddress: prometheus,
            query: 'sum(queue_length)',
            threshold: '10',
          },
        },
      ],
    });
    await apply('queue', document, { min: 0, max: 0 }, 2, { prometheus });
    const { metadata } = await json('scaledobject', 'queue');
    expect(metadata.annotations['autoscaling.keda.sh/paused-replicas']).toBe(
      '0',
    );
    expect(
      await policies.remove(target('queue'), undefined, {
        fence: 3,
        signal: signal(),
      }),
    ).toBe('removed');
    expect((await read('queue'))?.driver).toBe('fixed');
  });
});
