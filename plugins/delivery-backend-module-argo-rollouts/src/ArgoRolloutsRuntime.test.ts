import { mockServices } from '@backstage/backend-test-utils';
import {
  ClusterDirectory,
  labels,
  releaseKey,
  WatchedObjects,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import {
  installRollouts,
  rolloutFile,
} from './__testUtils__/rolloutDefinition';
import { ArgoStandIn } from './__testUtils__/standIn/ArgoStandIn';
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
import { podHashLabel, type Rollout } from './objects/rollout';

// Enough for a machine that has other things to do as well.
jest.setTimeout(300_000);

// The API server, the definition of a Rollout and the pods are real; the controller is a stand-in, see ArgoStandIn.
describeWithCluster(
  'Argo Rollouts with real pods',
  { nodes: true, file: rolloutFile },
  () => {
    let cluster: TestCluster;
    let plugin: KubernetesPlugin;
    let standIn: ArgoStandIn;
    let runtime: ArgoRolloutsRuntime;
    let watched: WatchedObjects;
    const one = demoWeb(1);
    const two = demoWeb(2);

    beforeAll(async () => {
      cluster = await TestCluster.start({ nodes: true, rbac });
      await installRollouts(cluster);
      standIn = ArgoStandIn.start(cluster.directory);
      plugin = await KubernetesPlugin.start([await cluster.config('test')]);
      const clusters = new ClusterDirectory(plugin.services('delivery'));
      watched = new WatchedObjects({
        clusters,
        logger: mockServices.logger.mock(),
      });
      runtime = new ArgoRolloutsRuntime({
        clusters,
        watched,
        settings: { progressDeadlineSeconds: 20, commandTimeoutSeconds: 60 },
        now: Date.now,
      });
    });

    afterAll(async () => {
      watched?.stop();
      await standIn?.stop();
      await plugin?.stop();
      await cluster?.stop();
    });

    async function rolloutIn(
      namespace: string,
      name = 'shop',
    ): Promise<Rollout> {
      const text = await cluster.kubectl(
        ...['get', 'rollouts.argoproj.io', name, '-n', namespace, '-o', 'json'],
      );
      return JSON.parse(text);
    }

    /** What `kubectl argo rollouts` would do. */
    async function patchStatus(namespace: string, status: object) {
      await cluster.kubectl(
        ...['patch', 'rollouts.argoproj.io', 'shop', '-n', namespace],
        ...['--subresource=status', '--type=merge', '-p'],
        JSON.stringify({ status }),
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
          {
            releaseId: one.releaseId,
            readyReplicas: 2,
            weight: 100,
            health: 'healthy',
          },
        ],
      });
      await runtime.validateStrategy(target, 'canary');
      const goals: Array<[number, number]> = [
        [1, 50],
        [2, 100],
      ];
      const [half, all, last] = wishes('canary', [two, one], goals);
      const held = await reach(runtime, target, half);
      expect(held.versions).toMatchObject([
        {
          releaseId: two.releaseId,
          readyReplicas: 1,
          weight: 50,
          health: 'healthy',
        },
        { releaseId: one.releaseId, readyReplicas: 1, weight: 50 },
      ]);
      expect(held.message).toContain(
        'at step 2 of 4, 50 % by the number of copies',
      );
      const full = await reach(runtime, target, all);
      expect(full.versions[0]).toMatchObject({ readyReplicas: 2, weight: 100 });
      const { spec, status } = await rolloutIn(namespace);
      expect(spec?.strategy?.canary?.steps).toEqual([
        { setWeight: 50 },
        { pause: {} },
        { setWeight: 100 },
        { pause: {} },
      ]);
      // Until the last wish the release before is the one to go back to.
      expect(status?.stableRS).not.toBe(status?.currentPodHash);
      const rested = await reach(runtime, target, last);
      expect(rested.versions[0]).toMatchObject({
        releaseId: two.releaseId,
        readyReplicas: 2,
        weight: 100,
      });
      expect(await runtime.observe(target, callContext())).toMatchObject({
        converged: true,
      });
      await expect(
        runtime.apply(target, half, callContext()),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('older'),
      });

      // What changes afterwards is told, and seen without asking.
      const told = new Promise(resolve => {
        const end = runtime.onChange(changed => {
          end();
          resolve(changed);
        });
      });
      await cluster.kubectl(
        ...['delete', 'pod', '-n', namespace, '--wait=false'],
        ...['-l', `${labels.release}=${releaseKey(two.releaseId)}`],
      );
      expect(await told).toMatchObject({
        componentRef: target.componentRef,
        environmentRef: target.environmentRef,
      });
      const changed = await runtime.observe(target, callContext());
      expect(changed?.versions[0]).toMatchObject({
        releaseId: two.releaseId,
        health: 'progressing',
      });
    });

    it('takes a canary back to the stable copies, and is told when somebody else does', async () => {
      const namespace = await cluster.namespace('back');
      const target = targetIn(namespace);
      await reach(runtime, target, alone(one, 2));
      const goals: Array<[number, number]> = [
        [1, 50],
        [2, 100],
      ];
      const [half] = wishes('canary', [two, one], goals);
      await reach(runtime, target, half);
      await patchStatus(namespace, { abort: true });
      const aborted = await reach(
        runtime,
        target,
        half,
        ({ versions }) => versions[0].health === 'degraded',
      );
      expect(aborted.versions[0].message).toContain(
        'Rollout shop was aborted (RolloutAborted)',
      );
      const back = await reach(runtime, target, alone(one, 2));
      expect(back.versions[0]).toMatchObject({
        releaseId: one.releaseId,
        readyReplicas: 2,
        weight: 100,
      });
      expect((await rolloutIn(namespace)).status).toMatchObject({
        phase: 'Healthy',
      });

      // Left aborted with the new template, the next rollout of the same release tries it again.
      const [again] = wishes('canary', [two, one], goals);
      await reach(runtime, target, again);
      await cluster.kubectl(
        ...['patch', 'rollouts.argoproj.io', 'shop', '-n', namespace],
        ...['--type=json', '--field-manager=release-script', '-p'],
        JSON.stringify([
          {
            op: 'replace',
            path: '/spec/template/spec/containers/0/image',
            value: 'demo-web:2',
          },
          {
            op: 'add',
            path: '/spec/template/spec/containers/0/env/-',
            value: { name: 'GREETING', value: 'theirs' },
          },
        ]),
      );
      const undo = alone(
        { ...one, environmentVariables: { GREETING: 'ours' } },
        2,
      );
      await expect(reach(runtime, target, undo)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(/GREETING.* belongs to release-script/),
      });
      expect((await rolloutIn(namespace)).status?.abort).toBe(true);
    });

    it('shows a blue-green release without traffic, switches, and keeps the old copies until they may go', async () => {
      const namespace = await cluster.namespace('bluegreen');
      const target = targetIn(namespace);
      await reach(runtime, target, alone(one, 2));
      const goals: Array<[number, number]> = [
        [2, 0],
        [2, 100],
      ];
      const [beside, switched] = wishes('blueGreen', [two, one], goals);
      const shown = await reach(runtime, target, beside);
      expect(shown.versions).toMatchObject([
        { releaseId: two.releaseId, readyReplicas: 2, weight: 0 },
        { releaseId: one.releaseId, readyReplicas: 2, weight: 100 },
      ]);
      const promoted = await reach(runtime, target, switched);
      expect(promoted.versions).toMatchObject([
        { readyReplicas: 2, weight: 100 },
        { readyReplicas: 2, weight: 0 },
      ]);
      // Back at once: the old copies are there.
      const undone = await reach(runtime, target, alone(one, 2));
      expect(undone.versions[0]).toMatchObject({
        releaseId: one.releaseId,
        readyReplicas: 2,
        weight: 100,
      });
      for (const wish of wishes('blueGreen', [two, one], goals))
        await reach(runtime, target, wish);

      // The next one in batches: the Service leads to all pods again, and the preview goes.
      const rolled = await reach(
        runtime,
        target,
        alone(one, 2, { maxSurge: 1, maxUnavailable: 0 }),
      );
      expect(rolled.versions[0]).toMatchObject({
        releaseId: one.releaseId,
        readyReplicas: 2,
        weight: 100,
      });
      const services = await cluster.kubectl(
        ...['get', 'services', '-n', namespace, '-o'],
        `jsonpath={range .items[*]}{.metadata.name} {.spec.selector.${podHashLabel}}{end}`,
      );
      expect(services.trim()).toBe('shop');
    });

    it('leaves the number of copies to a HorizontalPodAutoscaler, and takes all away when nothing shall run', async () => {
      const namespace = await cluster.namespace('scaled');
      const target = targetIn(namespace);
      await reach(runtime, target, alone(one, 1));
      await cluster.apply({
        apiVersion: 'autoscaling/v1',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'busy', namespace },
        spec: {
          scaleTargetRef: {
            apiVersion: 'argoproj.io/v1alpha1',
            kind: 'Rollout',
            name: 'shop',
          },
          minReplicas: 2,
          maxReplicas: 3,
          targetCPUUtilizationPercentage: 80,
        },
      });
      const rolled = await reach(
        runtime,
        target,
        alone(two, 1, { maxSurge: 1, maxUnavailable: 0 }),
        ({ converged, versions }) =>
          converged && versions[0].desiredReplicas === 2,
      );
      expect(rolled.message).toContain('HorizontalPodAutoscaler busy');
      await cluster.kubectl('delete', 'hpa', 'busy', '-n', namespace);
      const gone = await reach(runtime, target, nothing());
      expect(gone.versions.map(({ health }) => health)).not.toContain(
        'healthy',
      );
      const left = await cluster.kubectl(
        ...['get', 'rollouts.argoproj.io,services', '-n', namespace],
        ...['-o', 'name'],
      );
      expect(left.trim()).toBe('service/shop');
      // The Service remembers, and so a late backend changes nothing.
      const late = { ...alone(one, 1), generation: 1 };
      await expect(
        runtime.apply(target, late, callContext()),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('says in words why a release does not come up, with its last words', async () => {
      const namespace = await cluster.namespace('sick');
      const target = targetIn(namespace);
      await reach(runtime, target, alone(one, 1));
      const sick = demoWeb(2, { HEALTH: 'fail' });
      const seen = await reach(
        runtime,
        target,
        alone(sick, 1, { maxSurge: 1, maxUnavailable: 0 }),
        ({ versions }) => versions[0].health === 'degraded',
      );
      expect(seen.versions[0].message).toContain(
        'GET /healthz on port 8080 does not answer with success',
      );
      expect(seen.versions[0].message).toContain(
        'has made no progress for 20 seconds (ProgressDeadlineExceeded)',
      );
      expect(
        await runtime.logs(
          target,
          { releaseId: one.releaseId, tail: 5 },
          callContext(),
        ),
      ).toEqual(expect.any(Array));
      const back = await reach(runtime, target, alone(one, 1));
      expect(back.versions[0]).toMatchObject({
        releaseId: one.releaseId,
        health: 'healthy',
        weight: 100,
      });
    });
  },
);
