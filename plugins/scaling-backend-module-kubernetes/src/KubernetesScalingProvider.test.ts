import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import type {
  ObservedTarget,
  ScalingComponent,
} from '@slipway/backstage-plugin-scaling-node';
import { join } from 'node:path';
import { autoscaler, definition, deployment } from './__testUtils__/manifests';
import { ClusterReader } from './clusters/ClusterReader';
import { KubernetesReplicaControl } from './control/KubernetesReplicaControl';
import { KubernetesPolicyControl } from './policies/KubernetesPolicyControl';
import { KubernetesScalingProvider } from './KubernetesScalingProvider';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

const namespace = 'scaled';
const components: ScalingComponent[] = [
  { ref: 'component:default/shop', annotations: {} },
  {
    ref: 'component:default/jobs',
    annotations: { 'backstage.io/kubernetes-label-selector': 'team=jobs' },
  },
];

describeWithCluster('Scaling on Kubernetes', { nodes: true }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let provider: KubernetesScalingProvider;

  beforeAll(async () => {
    cluster = await TestCluster.start({
      nodes: true,
      rbac: join(__dirname, '../rbac.yaml'),
    });
    await cluster.namespace(namespace);
    await cluster.kubectl('create', 'namespace', 'foreign');
    plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    const clusters = new ClusterDirectory(plugin.services('scaling'));
    provider = new KubernetesScalingProvider(
      new ClusterReader(clusters),
      new KubernetesReplicaControl(clusters),
      new KubernetesPolicyControl(clusters),
    );
  });

  afterAll(async () => {
    await plugin?.stop();
    await cluster?.stop();
  });

  function observe(settings: Record<string, string>) {
    return provider.observe(
      { ref: 'resource:default/prod', name: 'prod', settings },
      components,
      { signal: AbortSignal.timeout(30_000) },
    );
  }

  /** Looks until a workload is as wanted; fails with how it was last. */
  async function until(
    workload: string,
    wanted: (target: ObservedTarget) => boolean,
  ): Promise<ObservedTarget> {
    const end = Date.now() + 120_000;
    for (;;) {
      const seen = (await observe({ cluster: 'test', namespace })).find(
        target => target.workload === workload,
      );
      if (seen && wanted(seen)) return seen;
      if (Date.now() > end)
        throw new Error(`It is still ${JSON.stringify(seen)}`);
      await new Promise(resolve => {
        setTimeout(resolve, 500);
      });
    }
  }

  const reasons = ({ conditions }: ObservedTarget) =>
    conditions.map(({ reason }) => reason);

  it('says what drives each Deployment of a component, how far, and why it did not scale', async () => {
    const labels = { 'backstage.io/kubernetes-id': 'shop' };
    await cluster.apply(deployment(namespace, 'greedy', labels));
    await cluster.apply(
      autoscaler(namespace, 'greedy', {
        name: 'memory',
        target: { type: 'AverageValue', averageValue: '1Ki' },
      }),
    );
    await cluster.apply(
      deployment(namespace, 'blind', { team: 'jobs' }, false),
    );
    await cluster.apply(
      autoscaler(namespace, 'blind', {
        name: 'cpu',
        target: { type: 'Utilization', averageUtilization: 50 },
      }),
    );
    await cluster.apply(deployment(namespace, 'plain', labels));
    await cluster.apply(deployment(namespace, 'nobodys', {}));
    await cluster.apply({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'plain', namespace },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'plain' } } },
    });

    const greedy = await until(
      'Deployment/greedy',
      target =>
        target.readyReplicas === 2 &&
        target.metrics[0].ratio !== undefined &&
        reasons(target).includes('TooManyReplicas'),
    );
    expect(greedy).toMatchObject({
      componentRef: 'component:default/shop',
      driver: { kind: 'hpa', name: 'greedy' },
      currentReplicas: 2,
      minReplicas: 1,
      maxReplicas: 2,
      metrics: [{ name: 'memory', target: '1Ki' }],
      // Its container requests no memory, so nobody can say what that would be in percent.
      resources: { cpuCores: 0.05 },
    });
    const { average, ratio, utilization } = greedy.metrics[0];
    expect(average).toBeCloseTo((ratio ?? NaN) * 1024, 6);
    expect(utilization).toBeUndefined();
    expect(greedy.metrics[0].ratio).toBeGreaterThan(1);
    expect(greedy.events.map(({ reason }) => reason)).toContain(
      'SuccessfulRescale',
    );

    const blind = await until('Deployment/blind', target =>
      reasons(target).includes('FailedGetResourceMetric'),
    );
    expect(blind).toMatchObject({ componentRef: 'component:default/jobs' });
    const [metric] = blind.metrics;
    expect(metric).toEqual({ name: 'cpu', target: '50 %' });
    expect(
      blind.conditions.find(
        ({ reason }) => reason === 'FailedGetResourceMetric',
      ),
    ).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('request for the resource'),
      detail: expect.stringContaining('cpu'),
    });

    const all = await observe({ cluster: 'test', namespace });
    expect(all.map(({ workload }) => workload)).not.toContain(
      'Deployment/nobodys',
    );
    const plain = await until('Deployment/plain', target =>
      reasons(target).includes('NeverAllows'),
    );
    expect(plain).toMatchObject({
      driver: { kind: 'fixed' },
      metrics: [],
      conditions: [
        {
          type: 'PodDisruptionBudget',
          message: expect.stringContaining('lets none of 1 go, ever'),
        },
      ],
    });
  });

  it('knows a ScaledObject that is paused, and what a VerticalPodAutoscaler recommends', async () => {
    for (const crd of [
      definition('keda.sh', 'scaledobjects', 'ScaledObject', 'v1alpha1'),
      definition(
        'autoscaling.k8s.io',
        'verticalpodautoscalers',
        'VerticalPodAutoscaler',
        'v1',
      ),
    ]) {
      await cluster.apply(crd);
      await cluster.kubectl(
        ...['wait', '--for=condition=Established', '--timeout=60s'],
        `crd/${crd.metadata.name}`,
      );
    }
    await cluster.apply(
      deployment(namespace, 'queue', { 'backstage.io/kubernetes-id': 'shop' }),
    );
    await cluster.apply({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: {
        name: 'by-queue',
        namespace,
        annotations: { 'autoscaling.keda.sh/paused': 'true' },
      },
      spec: { scaleTargetRef: { name: 'queue' }, maxReplicaCount: 7 },
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'ScaledObjectCheckFailed',
            message: 'no such queue',
          },
        ],
      },
    });
    await cluster.apply({
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscaler',
      metadata: { name: 'queue', namespace },
      spec: { targetRef: { kind: 'Deployment', name: 'queue' } },
      status: {
        recommendation: {
          containerRecommendations: [
            { containerName: 'app', target: { cpu: '25m' } },
          ],
        },
      },
    });
    const queue = await until(
      'Deployment/queue',
      ({ driver, recommendations }) =>
        driver.kind === 'keda' && recommendations.length > 0,
    );
    expect(queue).toMatchObject({
      driver: { kind: 'keda', name: 'by-queue', paused: true },
      minReplicas: 0,
      maxReplicas: 7,
      recommendations: [{ container: 'app', target: { cpu: '25m' } }],
      conditions: [
        { reason: 'ScaledObjectCheckFailed', detail: 'no such queue' },
      ],
    });
  });

  it('shows what there is with the role of a version that knew no disruption budgets', async () => {
    await cluster.kubectl('create', 'namespace', 'older');
    const role = JSON.parse(
      await cluster.kubectl(
        ...['get', 'clusterrole', 'slipway-scaling', '-o', 'json'],
      ),
    );
    await cluster.apply({
      apiVersion: role.apiVersion,
      kind: role.kind,
      metadata: { name: 'older' },
      rules: role.rules.filter(
        ({ apiGroups }: { apiGroups: string[] }) => apiGroups[0] !== 'policy',
      ),
    });
    await cluster.kubectl(
      ...['create', 'rolebinding', 'older', '-n', 'older'],
      ...['--clusterrole', 'older', '--serviceaccount', 'slipway:slipway'],
    );
    await cluster.apply(
      deployment('older', 'shop', { 'backstage.io/kubernetes-id': 'shop' }),
    );
    expect(await observe({ cluster: 'test', namespace: 'older' })).toEqual([
      expect.objectContaining({
        workload: 'Deployment/shop',
        conditions: [
          expect.objectContaining({
            type: 'PodDisruptionBudget',
            reason: 'Forbidden',
          }),
        ],
      }),
    ]);
  });

  it('says what to do where it may not look, or cannot', async () => {
    await expect(
      observe({ cluster: 'test', namespace: 'foreign' }),
    ).rejects.toThrow(/does not let Slipway work.*'foreign'.*rbac\.yaml/s);
    await expect(observe({ cluster: 'nowhere', namespace })).rejects.toThrow(
      /spec\.target\.cluster.*nowhere/,
    );
    await expect(observe({ cluster: 'test' })).rejects.toThrow(
      'spec.target.namespace of resource:default/prod is missing',
    );
  });
});
