import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import {
  describeWithCluster,
  KubernetesPlugin,
  readyPods,
  TestCluster,
} from '@slipway/kubernetes-testing';
import { rbac } from './__testUtils__/rbac';
import { startDelivery } from './__testUtils__/startDelivery';
import { pause } from './__testUtils__/target';

// Enough for a machine that has other things to do as well.
jest.setTimeout(600_000);

const rolling: Strategy = { rolling: { maxSurge: 1, maxUnavailable: 0 } };

// The control planes are real; of the pods a stand-in says that they run.
describeWithCluster('A cluster that is gone', { nodes: false }, () => {
  const ends: Array<() => Promise<void>> = [];

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  async function start() {
    const cluster = await TestCluster.start({ nodes: false, rbac });
    ends.push(() => cluster.stop());
    await cluster.namespace('shop');
    return cluster;
  }

  it('opens the circuit of its own targets, while rollouts elsewhere go on, and is gone on with when it is back', async () => {
    const here = await start();
    const gone = await start();
    ends.push(await readyPods(here));
    const plugin = await KubernetesPlugin.start([
      await here.config('here'),
      await gone.config('gone'),
    ]);
    ends.push(() => plugin.stop());
    const delivery = await startDelivery(plugin, 'shop', {
      production: 'here',
      elsewhere: 'gone',
    });
    ends.push(() => delivery.stop());

    // Without anybody who says that its pods run it cannot end.
    const waiting = await delivery.begin(1, rolling, {
      environment: 'elsewhere',
    });
    for (;;) {
      const found = await gone.kubectl(
        ...['get', 'deployments', '-n', 'shop', '-o', 'name'],
      );
      if (found) break;
      await pause(200);
    }
    const restart = await gone.killApiServer();

    expect(await delivery.rollOut(1, rolling)).toMatchObject({
      phase: 'succeeded',
    });
    const openOnes = async () =>
      (await delivery.breakers())
        .filter(({ breaker }) => breaker !== 'closed')
        .map(({ target }) => target);
    while (!(await openOnes()).length) await pause(200);
    expect(await delivery.rollOut(2, rolling)).toMatchObject({
      phase: 'succeeded',
    });
    expect(await openOnes()).toEqual([
      expect.stringContaining('resource:default/elsewhere'),
    ]);

    await restart();
    ends.push(await readyPods(gone));
    expect(await delivery.end(waiting)).toMatchObject({ phase: 'succeeded' });
    expect(await openOnes()).toEqual([]);
  });
});
