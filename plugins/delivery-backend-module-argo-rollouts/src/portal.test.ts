import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import type { Rollout as DeliveryRollout } from '@slipway/backstage-plugin-delivery-common';
import { rbac } from './__testUtils__/rbac';
import {
  installRollouts,
  rolloutFile,
} from './__testUtils__/rolloutDefinition';
import { ArgoStandIn } from './__testUtils__/standIn/ArgoStandIn';
import { startDelivery } from './__testUtils__/startDelivery';

// Enough for a machine that has other things to do as well.
jest.setTimeout(400_000);

// The delivery plugin with its engine, the Kubernetes plugin, the API server and the pods are real; Argo is a stand-in.
describeWithCluster(
  'Rollouts of the delivery plugin through Argo Rollouts',
  { nodes: true, file: rolloutFile },
  () => {
    let cluster: TestCluster;
    let plugin: KubernetesPlugin;
    let standIn: ArgoStandIn;

    beforeAll(async () => {
      cluster = await TestCluster.start({ nodes: true, rbac });
      await installRollouts(cluster);
      standIn = ArgoStandIn.start(cluster.directory);
      plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    });

    afterAll(async () => {
      await standIn?.stop();
      await plugin?.stop();
      await cluster?.stop();
    });

    const weightsOf = ({ observation }: DeliveryRollout) =>
      observation?.versions.slice(0, 2).map(({ weight }) => weight);

    it('carries a canary with a promotion, an abort, a release that is ill, and a blue-green rollout', async () => {
      const namespace = await cluster.namespace('portal');
      const delivery = await startDelivery(plugin, namespace);
      try {
        const first = await delivery.end(
          await delivery.start(1, { rolling: {} }),
        );
        expect(first).toMatchObject({
          phase: 'succeeded',
          observation: { address: 'http://shop.portal.svc.cluster.local' },
        });

        const canary = {
          canary: { steps: [{ setWeight: 50 }, { pause: {} }] },
        };
        const aborted = await delivery.start(2, canary);
        const paused = await delivery.until(
          aborted,
          ({ phase }) => phase === 'paused',
        );
        expect(weightsOf(paused)).toEqual([50, 50]);
        await delivery.ask(`/rollouts/${aborted}/abort`, {});
        expect(await delivery.end(aborted)).toMatchObject({ phase: 'aborted' });

        const promoted = await delivery.start(2, canary);
        await delivery.until(promoted, ({ phase }) => phase === 'paused');
        await delivery.ask(`/rollouts/${promoted}/promote`, {});
        const done = await delivery.end(promoted);
        expect(done).toMatchObject({
          phase: 'succeeded',
          observation: { converged: true },
        });
        expect(weightsOf(done)?.[0]).toBe(100);

        const sick = await delivery.end(
          await delivery.start(1, { rolling: {} }, { HEALTH: 'fail' }),
        );
        expect(sick).toMatchObject({
          phase: 'rolledBack',
          message: expect.stringContaining('GET /healthz on port 8080'),
        });

        const green = await delivery.start(1, {
          blueGreen: { autoPromotionEnabled: false, scaleDownDelaySeconds: 0 },
        });
        const shown = await delivery.until(
          green,
          ({ phase }) => phase === 'paused',
        );
        expect(weightsOf(shown)).toEqual([0, 100]);
        await delivery.ask(`/rollouts/${green}/promote`, {});
        expect(await delivery.end(green)).toMatchObject({
          phase: 'succeeded',
        });
      } finally {
        await delivery.stop();
      }
    });
  },
);
