import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import type {
  ControlledTarget,
  ReplicaSetting,
} from '@slipway/backstage-plugin-scaling-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { join } from 'node:path';
import { autoscaler, definition, deployment } from '../__testUtils__/manifests';
import { KubernetesReplicaControl } from './KubernetesReplicaControl';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

const namespace = 'steered';
const labels = { 'backstage.io/kubernetes-id': 'shop' };

describeWithCluster('Replicas of Kubernetes', { nodes: true }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let control: KubernetesReplicaControl;

  beforeAll(async () => {
    // Exactly the rights of rbac.yaml, and in one namespace only.
    cluster = await TestCluster.start({
      nodes: true,
      rbac: join(__dirname, '../../rbac.yaml'),
    });
    await cluster.namespace(namespace);
    await cluster.kubectl('create', 'namespace', 'foreign');
    plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    control = new KubernetesReplicaControl(
      new ClusterDirectory(plugin.services('scaling')),
    );
  });

  afterAll(async () => {
    await plugin?.stop();
    await cluster?.stop();
  });

  function target(name: string, where = namespace): ControlledTarget {
    return {
      environment: {
        ref: 'resource:default/prod',
        name: 'prod',
        settings: { cluster: 'test', namespace: where },
      },
      componentRef: 'component:default/shop',
      workload: `Deployment/${name}`,
    };
  }

  const signal = () => AbortSignal.timeout(30_000);
  const read = (name: string) =>
    control.read(target(name), { signal: signal() });
  const write = (
    name: string,
    setting: ReplicaSetting | undefined,
    fence: number,
    dryRun = false,
  ) =>
    control.write(target(name), setting, { fence, dryRun, signal: signal() });

  async function ready(name: string, replicas: number) {
    await cluster.kubectl(
      ...['wait', '-n', namespace, `deployment/${name}`, '--timeout=120s'],
      `--for=jsonpath={.status.readyReplicas}=${replicas}`,
    );
  }

  it('sets the copies of a Deployment, which real pods follow; what comes too late changes nothing', async () => {
    await cluster.create(deployment(namespace, 'plain', labels));
    await ready('plain', 1);
    expect(await read('plain')).toEqual({ driver: 'fixed', replicas: 1 });
    await write('plain', { driver: 'fixed', replicas: 7 }, 9, true);
    expect(await read('plain')).toEqual({ driver: 'fixed', replicas: 1 });
    await write('plain', { driver: 'fixed', replicas: 3 }, 5);
    await ready('plain', 3);
    await expect(
      write('plain', { driver: 'fixed', replicas: 9 }, 4),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('later change of Deployment plain'),
    });
    expect(await read('plain')).toEqual({ driver: 'fixed', replicas: 3 });
    await write('plain', { driver: 'fixed', replicas: 1 }, 6);
    await ready('plain', 1);
    // Only a stamp: the copies stay, and nothing earlier comes any more.
    await write('plain', undefined, 7);
    expect(await read('plain')).toEqual({ driver: 'fixed', replicas: 1 });
    await expect(
      write('plain', { driver: 'fixed', replicas: 3 }, 6),
    ).rejects.toThrow('later change');
  });

  it('raises the limits of an autoscaler, which follows by itself, and puts them back', async () => {
    await cluster.create(deployment(namespace, 'busy', labels));
    await cluster.create(
      autoscaler(namespace, 'busy', {
        name: 'cpu',
        target: { type: 'Utilization', averageUtilization: 80 },
      }),
    );
    const before = await read('busy');
    expect(before).toEqual({
      driver: 'hpa',
      name: 'busy',
      minReplicas: 1,
      maxReplicas: 2,
    });
    await write('busy', { ...before!, minReplicas: 3, maxReplicas: 3 }, 1);
    await ready('busy', 3);
    await write('busy', before, 2);
    expect(await read('busy')).toEqual(before);
    // The Deployment's own number is the autoscaler's business.
    await expect(
      write('busy', { driver: 'fixed', replicas: 1 }, 3),
    ).rejects.toThrow(/HorizontalPodAutoscaler busy now that decides/);
  });

  it('sets the limits of a ScaledObject where KEDA has one', async () => {
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
    await cluster.create(deployment(namespace, 'queue', labels));
    await cluster.create({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 'by-queue', namespace },
      spec: { scaleTargetRef: { name: 'queue' }, maxReplicaCount: 7 },
    });
    const before = await read('queue');
    expect(before).toEqual({
      driver: 'keda',
      name: 'by-queue',
      minReplicas: 0,
      maxReplicas: 7,
    });
    await write('queue', { ...before!, minReplicas: 4 }, 1);
    expect(await read('queue')).toEqual({ ...before, minReplicas: 4 });
  });

  it('leaves alone what somebody else declares, naming the field and its owner', async () => {
    const declared = {
      ...deployment(namespace, 'declared', labels),
      spec: { ...deployment(namespace, 'declared', labels).spec, replicas: 2 },
    };
    await cluster.apply(declared, { manager: 'flux' });
    await expect(
      write('declared', { driver: 'fixed', replicas: 3 }, 1),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /^spec\.replicas of Deployment declared belongs to flux/,
      ),
    });
    expect(await read('declared')).toEqual({ driver: 'fixed', replicas: 2 });
    // What stays as it is takes nothing from anybody.
    await write('declared', { driver: 'fixed', replicas: 2 }, 1);
  });

  it('of many writes at once the one that is wanted last stands in the end', async () => {
    await cluster.create(deployment(namespace, 'contested', labels));
    const fences = [3, 8, 1, 6, 2, 7, 5, 4];
    const results = await Promise.allSettled(
      fences.map(fence =>
        write('contested', { driver: 'fixed', replicas: fence }, fence),
      ),
    );
    const reasons = results.flatMap(result =>
      result.status === 'rejected' ? [result.reason.name] : [],
    );
    for (const name of reasons)
      expect(['ConflictError', 'LostRaceError']).toContain(name);
    // Whoever lost a race too often is tried again by its run.
    await write('contested', { driver: 'fixed', replicas: 8 }, 8);
    expect(await read('contested')).toEqual({ driver: 'fixed', replicas: 8 });
    for (const fence of fences.filter(one => one < 8))
      await expect(
        write('contested', { driver: 'fixed', replicas: fence }, fence),
      ).rejects.toThrow('later change');
    const stamp = await cluster.kubectl(
      ...['get', 'deployment', 'contested', '-n', namespace],
      ...['-o', 'jsonpath={.metadata.annotations.slipway\\.dev/scaling-fence}'],
    );
    expect(stamp).toBe('8');
  });

  it('says what is missing where it may not, and that nothing is there where nothing is', async () => {
    expect(await read('nobody')).toBeUndefined();
    await expect(
      control.read(target('plain', 'foreign'), { signal: signal() }),
    ).rejects.toThrow(/namespace 'foreign'.*rbac\.yaml/s);
  });
});
