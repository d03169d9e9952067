import { describeWithCluster, KubernetesPlugin, TestCluster } from '@slipway/kubernetes-testing';
import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import { ArgoStandIn } from './__testUtils__/standIn/ArgoStandIn';
import { rbac } from './__testUtils__/rbac';
import { rolloutDefinition, rolloutFile } from './__testUtils__/rolloutDefinition';
import {
  alone,
  callContext,
  demoWeb,
  nothing,
  reach,
  targetIn,
  wishes,
} from './__testUtils__/target';
import { ArgoRolloutsRuntime } from './ArgoRolloutsRuntime';
import type { Rollout } from './objects/rollout';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

// The API server, the definition of a Rollout and the pods are real; the controller is a stand-in, see ArgoStandIn.
describeWithCluster(
  'Argo Rollouts with real pods',
  { nodes: true, file: rolloutFile },
  () => {
    let cluster: TestCluster;
    let plugin: KubernetesPlugin;
    let standIn: ArgoStandIn;
    let runtime: ArgoRolloutsRuntime;
    const one = demoWeb(1);
    const two = demoWeb(2);

    beforeAll(async () => {
      cluster = await TestCluster.start({ nodes: true, rbac });
      await cluster.apply(rolloutDefinition());
      await cluster.kubectl(
        ...['wait', '--for=condition=Established', '--timeout=20s'],
        'crd/rollouts.argoproj.io',
      );
      standIn = ArgoStandIn.start(cluster.directory);
      plugin = await KubernetesPlugin.start([await cluster.config('test')]);
      runtime = new ArgoRolloutsRuntime({
        clusters: new ClusterDirectory(plugin.services('delivery')),
        settings: { progressDeadlineSeconds: 20 },
        now: Date.now,
      });
    });

    afterAll(async () => {
      await standIn?.stop();
      await plugin?.stop();
      await cluster?.stop();
    });

    async function rolloutIn(namespace: string, name = 'shop'): Promise<Rollout> {
      return JSON.parse(
        await cluster.kubectl(
          ...['get', 'rollouts.argoproj.io', name, '-n', namespace, '-o', 'json'],
        ),
      );
    }

    it('brings a canary about one weight after the other, and holds it at each', async () => {
      const namespace = await cluster.namespace('canary');
      const target = targetIn(namespace);
      await runtime.validate(target, one);
      await runtime.prepare(target, one, callContext());
      expect(await runtime.observe(target, callContext())).toBeUndefined();
      const first = await reach(runtime, target, alone(one, 2));
      expect(first).toMatchObject({
        address: 'http://shop.canary.svc.cluster.local',
        message: '2 of 2 copies are ready',
        versions: [
          { releaseId: one.releaseId, readyReplicas: 2, weight: 100, health: 'healthy' },
        ],
      });
      await runtime.validateStrategy(target, 'canary');
      const [half, all, last] = wishes('canary', [two, one], [[1, 50], [2, 100]]);
      const held = await reach(runtime, target, half);
      expect(held.versions).toMatchObject([
        { releaseId: two.releaseId, readyReplicas: 1, weight: 50, health: 'healthy' },
        { releaseId: one.releaseId, readyReplicas: 1, weight: 50 },
      ]);
      expect(held.message).toContain('at step 2 of 4, 50 % by the number of copies');
      expect((await rolloutIn(namespace)).spec?.strategy?.canary?.steps).toEqual([
        { setWeight: 50 },
        { pause: {} },
        { setWeight: 100 },
        { pause: {} },
      ]);
      const full = await reach(runtime, target, all);
      expect(full.versions[0]).toMatchObject({ readyReplicas: 2, weight: 100 });
      expect((await rolloutIn(namespace)).status?.stableRS).not.toBe(
        (await rolloutIn(namespace)).status?.currentPodHash,
      );
      const rested = await reach(runtime, target, last);
      expect(rested.versions).toMatchObject([{ releaseId: two.releaseId, readyReplicas: 2, weight: 100 }]);
      expect(await runtime.observe(target, callContext())).toMatchObject({ converged: true });
      await expect(
        runtime.apply(target, half, callContext()),
      ).rejects.toMatchObject({ name: 'ConflictError', message: expect.stringContaining('older') });
    });
    void nothing;
  },
);
