import { mockServices } from '@backstage/backend-test-utils';
import {
  ClusterDirectory,
  WatchedObjects,
} from '@slipway/backstage-plugin-kubernetes-node';
import {
  describeWithCluster,
  KubernetesPlugin,
  readyPods,
  Relay,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import {
  callContext,
  demoWeb,
  desired,
  pause,
  targetIn,
} from './__testUtils__/target';
import { KubernetesRuntime } from './KubernetesRuntime';

// Enough for a machine that has other things to do as well.
jest.setTimeout(240_000);

// The control plane is real; of the pods a stand-in says that they run.
describeWithCluster('What is watched', { nodes: false }, () => {
  let cluster: TestCluster;
  let plugin: KubernetesPlugin;
  let relay: Relay;
  let endPods: () => Promise<void>;
  let watched: WatchedObjects;
  let runtime: KubernetesRuntime;
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    cluster = await TestCluster.start({ nodes: false, rbac });
    plugin = await KubernetesPlugin.start([await cluster.config('test')]);
    endPods = await readyPods(cluster);
  });

  beforeEach(async () => {
    jest.clearAllMocks();
    relay = await Relay.start(plugin.baseUrl);
    const clusters = new ClusterDirectory(
      plugin.services('delivery', relay.baseUrl),
    );
    watched = new WatchedObjects({ clusters, logger });
    runtime = new KubernetesRuntime({
      clusters,
      watched,
      settings: {
        allowTags: true,
        progressDeadlineSeconds: 60,
        commandTimeoutSeconds: 60,
        drainSeconds: 0,
      },
      now: Date.now,
    });
  });

  afterEach(async () => {
    watched.stop();
    await relay.stop();
  });

  afterAll(async () => {
    await endPods?.();
    await plugin?.stop();
    await cluster?.stop();
  });

  /** As the engine does it: again and again, whatever a try throws. */
  async function rollOut(
    target: ReturnType<typeof targetIn>,
    wish: ReturnType<typeof desired>,
  ): Promise<Error[]> {
    const errors: Error[] = [];
    const end = Date.now() + 120_000;
    for (;;) {
      try {
        const seen = await runtime.apply(target, wish, callContext());
        if (seen.converged) return errors;
      } catch (error) {
        errors.push(error as Error);
      }
      if (Date.now() > end)
        throw new Error(`It does not converge: ${errors.at(-1)}`);
      await pause(200);
    }
  }

  async function copies(target: ReturnType<typeof targetIn>): Promise<number> {
    const seen = await runtime.observe(target, callContext());
    return seen?.versions[0]?.replicas ?? 0;
  }

  async function scale(namespace: string, replicas: number): Promise<void> {
    await cluster.kubectl(
      ...['scale', 'deployment/shop', '-n', namespace],
      `--replicas=${replicas}`,
    );
  }

  /** How long until it is so. */
  async function until(isSo: () => Promise<boolean>): Promise<number> {
    const begin = Date.now();
    while (!(await isSo())) {
      if (Date.now() - begin > 120_000) throw new Error('It is still not so');
      await pause(50);
    }
    return Date.now() - begin;
  }

  it('is not asked for again, is told of, and takes no longer to be seen', async () => {
    const target = targetIn(await cluster.namespace('told'));
    await rollOut(target, desired([[demoWeb(1), 2, 100]]));
    await rollOut(target, desired([[demoWeb(2), 2, 100]]));

    const heard = jest.fn();
    const end = runtime.onChange(heard);
    const { read } = relay.counts;
    for (let look = 0; look < 50; look++) expect(await copies(target)).toBe(2);
    expect(relay.counts.read).toBe(read);

    await scale('told', 5);
    expect(await until(async () => (await copies(target)) === 5)).toBeLessThan(
      2000,
    );
    expect(heard).toHaveBeenCalledWith(
      expect.objectContaining({
        componentRef: target.componentRef,
        environmentRef: target.environmentRef,
      }),
    );
    expect(relay.counts.read).toBe(read);
    end();
  });

  it('goes on where it was when a connection is cut, without reading all anew', async () => {
    const target = targetIn(await cluster.namespace('cut'));
    await rollOut(target, desired([[demoWeb(1), 1, 100]]));
    // Long enough for the watches to stand.
    await pause(1500);
    const lists = () =>
      relay.paths.filter(path => /deployments\?.*limit=/.test(path)).length;
    expect(lists()).toBe(1);
    relay.cut();
    await scale('cut', 3);
    await until(async () => (await copies(target)) === 3);
    await until(async () => {
      const { read } = relay.counts;
      await copies(target);
      return relay.counts.read === read;
    });
    expect(lists()).toBe(1);
  });

  it('carries a rollout through the crash of an API server under load, with nothing doubled and nothing read without end', async () => {
    const target = targetIn(await cluster.namespace('crash'));
    await rollOut(target, desired([[demoWeb(1), 3, 100]]));
    const api = await cluster.proxy();
    let loaded = true;
    const load = (async () => {
      for (let write = 0; loaded; write++) {
        await fetch(
          `${api.url}/api/v1/namespaces/crash/configmaps/kube-root-ca.crt`,
          {
            method: 'PATCH',
            headers: { 'content-type': 'application/merge-patch+json' },
            body: JSON.stringify({ data: { write: String(write) } }),
          },
        ).catch(() => {});
        await pause(10);
      }
    })();
    try {
      await pause(2000);

      // Slow enough that the crash comes in the middle of it.
      const slow = {
        ...demoWeb(2),
        health: {
          readiness: { path: '/healthz', initialDelaySeconds: 5 },
        },
      };
      const rolling = rollOut(
        target,
        desired([[slow, 3, 100]], { maxSurge: 1, maxUnavailable: 0 }),
      );
      await until(async () => {
        const found = await cluster.kubectl(
          ...['get', 'replicasets', '-n', 'crash', '-o', 'name'],
        );
        return found.trim().split('\n').length === 2;
      });
      let isThrough = false;
      void rolling.finally(() => {
        isThrough = true;
      });
      const restart = await cluster.killApiServer();
      expect(isThrough).toBe(false);
      await pause(4000);
      await restart();
      const errors = await rolling;
      // The crash was not taken for something that ends the rollout.
      expect(errors.map(({ name }) => name)).not.toContain('InputError');

      for (const kind of ['deployments', 'services'])
        expect(
          await cluster.kubectl('get', kind, '-n', 'crash', '-o', 'name'),
        ).toMatch(/^\S+\/shop\n$/);
      const replicaSets = JSON.parse(
        await cluster.kubectl(
          ...['get', 'replicasets', '-n', 'crash', '-o', 'json'],
        ),
      );
      expect(
        replicaSets.items
          .map((set: { spec: { replicas: number } }) => set.spec.replicas)
          .sort(),
      ).toEqual([0, 3]);

      // All is watched again. What reads at every look reads sixty times for these; a few are of a cluster that was too
      // busy to say in time that it is there.
      loaded = false;
      await load;
      const watchedAgain = await until(async () => {
        const { read } = relay.counts;
        for (let look = 0; look < 20; look++) {
          await copies(target);
          await pause(50);
        }
        return relay.counts.read - read < 20;
      });
      expect(watchedAgain).toBeLessThan(30_000);
      await scale('crash', 4);
      expect(
        await until(async () => (await copies(target)) === 4),
      ).toBeLessThan(10_000);
    } finally {
      loaded = false;
      await load;
      api.stop();
    }
  });

  it('is not shown when the cluster does not answer any more', async () => {
    const target = targetIn(await cluster.namespace('gone'));
    await rollOut(target, desired([[demoWeb(1), 1, 100]]));
    await pause(1500);
    const restart = await cluster.killApiServer();
    const noticed = await until(() =>
      copies(target).then(
        () => false,
        () => true,
      ),
    );
    expect(noticed).toBeLessThan(6000);
    for (let look = 0; look < 10; look++) {
      await expect(copies(target)).rejects.toThrow(/does not answer/);
      await pause(100);
    }
    await restart();
    await until(() =>
      copies(target).then(
        number => number === 1,
        () => false,
      ),
    );
  });

  it('is read where the role of an older version does not let it be watched, with one warning', async () => {
    await cluster.namespace('older', rules =>
      rules.map(rule => ({
        ...rule,
        verbs: rule.verbs.filter(verb => verb !== 'watch'),
      })),
    );
    const target = targetIn('older');
    await rollOut(target, desired([[demoWeb(1), 1, 100]]));
    await until(async () => logger.warn.mock.calls.length > 0);
    await pause(4000);
    const { read } = relay.counts;
    await scale('older', 2);
    await until(async () => (await copies(target)) === 2);
    expect(relay.counts.read).toBeGreaterThan(read);
    expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
      expect.stringMatching(
        /namespace 'older' of cluster 'test' may be listed but not watched.*rbac\.yaml/s,
      ),
    ]);
  });
});
