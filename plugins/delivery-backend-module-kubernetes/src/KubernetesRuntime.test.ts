import { mockServices } from '@backstage/backend-test-utils';
import {
  ClusterDirectory,
  WatchedObjects,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import { ask, endLoads, load } from './__testUtils__/load';
import { startDelivery } from './__testUtils__/startDelivery';
import {
  callContext,
  demoWeb,
  desired,
  pause,
  reach,
  releaseOf,
  targetIn,
} from './__testUtils__/target';
import { KubernetesRuntime } from './KubernetesRuntime';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

describeWithCluster('Kubernetes with real pods', { nodes: true }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let runtime: KubernetesRuntime;
  let watched: WatchedObjects;

  beforeAll(async () => {
    cluster = await TestCluster.start({ nodes: true, rbac });
    plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    const clusters = new ClusterDirectory(plugin.services('delivery'));
    watched = new WatchedObjects({
      clusters,
      logger: mockServices.logger.mock(),
    });
    runtime = new KubernetesRuntime({
      clusters,
      watched,
      settings: {
        allowTags: true,
        progressDeadlineSeconds: 20,
        drainSeconds: 5,
        commandTimeoutSeconds: 60,
      },
      now: Date.now,
    });
  });

  afterEach(endLoads);

  afterAll(async () => {
    watched?.stop();
    await plugin?.stop();
    await cluster?.stop();
  });

  /** The address of a Service, as seen from this machine. */
  async function clusterIp(namespace: string, name = 'shop'): Promise<string> {
    const ip = await cluster.kubectl(
      ...['get', 'service', name, '-n', namespace],
      ...['-o', 'jsonpath={.spec.clusterIP}'],
    );
    return `http://${ip}/`;
  }

  it('updates a Deployment from one release to the next, never with fewer copies than asked for', async () => {
    const target = targetIn(await cluster.namespace('rolling'));
    const one = demoWeb(1, { GREETING: 'hello $(HOME)' });
    const two = demoWeb(2);
    await runtime.validate(target, one);
    await runtime.prepare(target, one, callContext());
    expect(await runtime.observe(target, callContext())).toBeUndefined();

    const first = await reach(runtime, target, desired([[one, 2, 100]]));
    expect(first).toMatchObject({
      address: 'http://shop.rolling.svc.cluster.local',
      message: '2 of 2 copies are ready',
      versions: [
        {
          releaseId: one.releaseId,
          desiredReplicas: 2,
          readyReplicas: 2,
          weight: 100,
          health: 'healthy',
          instances: [
            { ready: true, restarts: 0 },
            { ready: true, restarts: 0 },
          ],
        },
      ],
    });
    expect(await ask(await clusterIp('rolling'))).toEqual({
      status: 200,
      body: 'demo-web v1',
    });

    let fewest = 2;
    const wish = desired([[two, 2, 100]], { maxSurge: 1, maxUnavailable: 0 });
    const last = await reach(runtime, target, wish, seen => {
      const ready = seen.versions.reduce(
        (sum, { readyReplicas }) => sum + readyReplicas,
        0,
      );
      fewest = Math.min(fewest, ready);
      return seen.converged;
    });
    expect(fewest).toBe(2);
    expect(last.versions[0]).toMatchObject({
      releaseId: two.releaseId,
      weight: 100,
    });
    expect(await runtime.observe(target, callContext())).toMatchObject({
      converged: true,
    });
    const deployments = await cluster.kubectl(
      ...['get', 'deployments', '-n', 'rolling', '-o', 'name'],
    );
    expect(deployments.trim()).toBe('deployment.apps/shop');

    await expect(
      runtime.apply(
        target,
        { ...wish, generation: wish.generation - 1 },
        callContext(),
      ),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('older'),
    });
  });

  it('says in words why a release does not come up, and keeps the one before serving', async () => {
    const namespace = await cluster.namespace('sick');
    const sick = {
      unready: {
        bad: demoWeb(2, { HEALTH: 'fail' }),
        reason: 'no progress for 20 seconds',
      },
      crashing: {
        bad: releaseOf('2.0.0', {
          image: 'busybox:1',
          args: ['sh', '-c', 'echo no database >&2; exit 3'],
        }),
        // On a slow machine the deadline may pass before its first end.
        reason: 'keeps ending',
      },
      missing: {
        bad: releaseOf('2.0.0', {
          image: `127.0.0.1:1/shop@sha256:${'a'.repeat(64)}`,
        }),
        reason: 'cannot be fetched',
      },
    };
    const stories = Object.entries(sick).map(async entry => {
      const [component, { bad, reason }] = entry;
      const target = targetIn(namespace, component);
      const good = demoWeb(1);
      await reach(runtime, target, desired([[good, 1, 100]]));
      const url = await clusterIp(namespace, component);
      const traffic = load(url, 5);
      const seen = await reach(
        runtime,
        target,
        desired([[bad, 1, 100]], { maxSurge: 1, maxUnavailable: 0 }),
        ({ versions: [{ health, message = '' }] }) =>
          health === 'degraded' && message.includes(reason),
      );
      const read = () =>
        runtime.logs(
          target,
          { releaseId: bad.releaseId, tail: 2 },
          callContext(),
        );
      let lines = await read();
      // For a moment between two tries of a container its node has the log of neither.
      for (let tries = 0; tries < 80 && !lines.length; tries++) {
        if (!reason.includes('ending')) break;
        await pause(500);
        lines = await read();
      }
      const back = await reach(runtime, target, desired([[good, 1, 100]]));
      const answers = await traffic.stop();
      expect(answers.filter(({ body }) => body !== 'demo-web v1')).toEqual([]);
      expect(back.versions[0]).toMatchObject({
        releaseId: good.releaseId,
        readyReplicas: 1,
        weight: 100,
        health: 'healthy',
      });
      return { message: String(seen.versions[0].message), lines };
    });
    const [unready, crashing, missing] = await Promise.all(stories);
    expect(unready.message).toContain(
      'GET /healthz on port 8080 does not answer with success',
    );
    expect(unready.message).toContain('no progress for 20 seconds');
    expect(new Set(crashing.lines.map(({ text }) => text))).toEqual(
      new Set(['no database']),
    );
    expect(missing.lines).toEqual([]);
    expect(crashing.message).toContain(
      'keeps ending: it ended with code 3: no database',
    );
    expect(missing.message).toMatch(
      /the image 127\.0\.0\.1:1\/shop@sha256:a+ cannot be fetched: .*Check its name/s,
    );
  });

  it('switches between two releases and back under load without a failed request', async () => {
    const namespace = await cluster.namespace('bluegreen');
    const target = targetIn(namespace);
    const blue = demoWeb(1);
    const green = demoWeb(2);
    await reach(runtime, target, desired([[blue, 2, 100]]));
    const url = await clusterIp(namespace);
    const traffic = load(url, 20);

    const prepared = await reach(
      runtime,
      target,
      desired([
        [green, 2, 0],
        [blue, 2, 100],
      ]),
    );
    expect(prepared.versions).toMatchObject([
      { weight: 0, readyReplicas: 2, health: 'healthy' },
      { weight: 100, readyReplicas: 2, health: 'healthy' },
    ]);
    expect(await ask(url)).toMatchObject({ body: 'demo-web v1' });
    const preview = await clusterIp(namespace, 'shop-preview');
    await eventually(() => ask(preview), 'demo-web v2');

    const switched = desired([
      [green, 2, 100],
      [blue, 2, 0],
    ]);
    const promoted = await reach(runtime, target, switched);
    expect(promoted.versions.map(({ weight }) => weight)).toEqual([100, 0]);
    await eventually(() => ask(url), 'demo-web v2');

    await reach(
      runtime,
      target,
      desired([
        [blue, 2, 100],
        [green, 2, 0],
      ]),
    );
    await eventually(() => ask(url), 'demo-web v1');

    await reach(
      runtime,
      target,
      desired([
        [green, 2, 100],
        [blue, 2, 0],
      ]),
    );
    const retired = await reach(runtime, target, desired([[green, 2, 100]]));
    await pause(1000);
    const answers = await traffic.stop();
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body))).toEqual(
      new Set(['demo-web v1', 'demo-web v2']),
    );
    expect(retired.versions[0]).toMatchObject({ weight: 100, replicas: 2 });
    const services = await cluster.kubectl(
      ...['get', 'services', '-n', namespace, '-o', 'name'],
    );
    expect(services.trim()).toBe('service/shop');

    // A rolling update takes it from there, in the Deployment that has the component's name.
    const rolled = await reach(
      runtime,
      target,
      desired([[blue, 2, 100]], { maxSurge: 1, maxUnavailable: 0 }),
    );
    expect(rolled.versions[0]).toMatchObject({ readyReplicas: 2, weight: 100 });
    await reach(runtime, target, desired([]));
    const objects = await cluster.kubectl(
      ...['get', 'deployments,services', '-n', namespace, '-o', 'name'],
    );
    expect(objects.trim()).toBe('service/shop');
  });

  it('leaves the number of copies to a HorizontalPodAutoscaler', async () => {
    const namespace = await cluster.namespace('scaled');
    const target = targetIn(namespace);
    const one = demoWeb(1);
    const two = demoWeb(2);
    await reach(runtime, target, desired([[one, 1, 100]]));
    await cluster.kubectl(
      ...['autoscale', 'deployment', 'shop', '-n', namespace],
      ...['--min=3', '--max=5', '--cpu-percent=80'],
    );
    const replicas = () =>
      cluster.kubectl(
        ...['get', 'deployment', 'shop', '-n', namespace],
        ...['-o', 'jsonpath={.spec.replicas}'],
      );
    await eventually(async () => ({ body: await replicas() }), '3');

    let fewest = 3;
    const rolled = await reach(
      runtime,
      target,
      desired([[two, 1, 100]], { maxSurge: 1, maxUnavailable: 0 }),
      seen => {
        const wanted = seen.versions[0].desiredReplicas;
        fewest = Math.min(fewest, wanted);
        return seen.converged;
      },
    );
    expect(fewest).toBe(3);
    expect(rolled).toMatchObject({
      message: expect.stringContaining('HorizontalPodAutoscaler shop'),
    });
    expect(rolled.versions[0]).toMatchObject({
      desiredReplicas: 3,
      readyReplicas: 3,
      health: 'healthy',
    });

    // A rollback runs the old release beside the new one, with as many copies, and comes to rest where it is scaled.
    const beside = await reach(
      runtime,
      target,
      desired([
        [one, 1, 0],
        [two, 1, 100],
      ]),
    );
    expect(beside.versions[0]).toMatchObject({ readyReplicas: 3, weight: 0 });
    await reach(
      runtime,
      target,
      desired([
        [one, 1, 100],
        [two, 1, 0],
      ]),
    );
    const rested = await reach(runtime, target, desired([[one, 1, 100]]));
    expect(rested.versions[0]).toMatchObject({
      releaseId: one.releaseId,
      readyReplicas: 3,
      weight: 100,
    });
    const deployments = await cluster.kubectl(
      ...['get', 'deployments', '-n', namespace, '-o', 'name'],
    );
    expect(deployments.trim()).toBe('deployment.apps/shop');
    expect(await replicas()).toBe('3');
  });

  it('carries the rollouts of the delivery plugin, and takes a release back that never gets ready, or whose own command says no', async () => {
    const namespace = await cluster.namespace('portal');
    const delivery = await startDelivery(plugin, namespace);
    try {
      const first = await delivery.rollOut(1, { rolling: {} });
      expect(first).toMatchObject({
        phase: 'succeeded',
        observation: { address: 'http://shop.portal.svc.cluster.local' },
      });
      const url = await clusterIp(namespace);
      const traffic = load(url, 5);
      const sick = await delivery.rollOut(
        2,
        { rolling: {} },
        { HEALTH: 'fail' },
      );
      expect(sick).toMatchObject({ phase: 'rolledBack' });
      const failed = await delivery.end(
        await delivery.begin(
          2,
          { rolling: {} },
          { postCommand: ['sh', '-c', 'echo "no stock is shown"; exit 4'] },
        ),
      );
      expect(failed).toMatchObject({
        phase: 'rolledBack',
        message: expect.stringMatching(
          /command after the rollout failed.*ended with code 4: no stock is shown/,
        ),
      });
      const green = await delivery.rollOut(2, {
        blueGreen: { scaleDownDelaySeconds: 0 },
      });
      expect(green).toMatchObject({
        phase: 'succeeded',
        observation: { converged: true },
      });
      expect(green.observation?.versions[0]).toMatchObject({
        readyReplicas: 2,
        weight: 100,
        health: 'healthy',
      });
      await eventually(() => ask(url), 'demo-web v2');
      const answers = await traffic.stop();
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      await expect(
        delivery.rollOut(1, { canary: { steps: [{ setWeight: 20 }] } }),
      ).rejects.toThrow(/does not serve gateway\.networking\.k8s\.io/);
    } finally {
      await delivery.stop();
    }
  });

  async function eventually(
    look: () => Promise<{ body: string }>,
    body: string,
  ): Promise<void> {
    const end = Date.now() + 20_000;
    for (;;) {
      const seen = await look();
      if (seen.body === body) return;
      if (Date.now() > end)
        throw new Error(`It is '${seen.body}', not '${body}'`);
      await pause(100);
    }
  }
});
