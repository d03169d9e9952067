import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import type { AddressInfo } from 'node:net';
// The real plugin on the other side of the client, with a runtime that it brings for its own tests.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import {
  checkout,
  DeliveryCalls,
  staging,
} from '../../delivery-backend/src/__testUtils__/DeliveryCalls';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { startDelivery } from '../../delivery-backend/src/__testUtils__/startDelivery';
import { LoadMeter } from './LoadMeter';
import { LocalLoadSource } from './LocalLoadSource';
import { LocalScalingProvider } from './LocalScalingProvider';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('what delivery runs', () => {
  it('is shown with its copies, of known components, and as delivery’s to change', async () => {
    const delivery = await startDelivery(await databases.init('SQLITE_3'));
    const calls = new DeliveryCalls(() => delivery.server);
    await calls.rollOut(await calls.release('1.0.0'), {
      environmentRef: staging,
      strategy: { rolling: {} },
      replicas: 3,
    });
    const { port } = delivery.server.address() as AddressInfo;
    const agent: { problem?: Error } = {};
    let now = 0;
    const target = `${checkout}@${staging}`;
    const meter = new LoadMeter(
      async () => {
        if (agent.problem) throw agent.problem;
        return {
          since: 1,
          at: now,
          targets: [
            {
              target,
              arrived: now / 100,
              releases: [
                {
                  copies: [
                    { id: 'a', cpuSeconds: now / 4000, residentBytes: 2 ** 27 },
                  ],
                },
              ],
            },
          ],
        };
      },
      () => now,
    );
    const provider = new LocalScalingProvider({
      meter,
      auth: mockServices.auth({ pluginId: 'scaling' }),
      client: new DeliveryClient({
        discoveryApi: {
          getBaseUrl: async () => `http://127.0.0.1:${port}/api/delivery`,
        },
      }),
    });
    const observe = (environmentRef: string, refs: string[]) =>
      provider.observe(
        { ref: environmentRef, name: 'here', settings: {} },
        refs.map(ref => ({ ref, annotations: {} })),
        { signal: AbortSignal.timeout(10_000) },
      );
    expect(await observe(staging, [checkout])).toMatchObject([
      {
        componentRef: checkout,
        workload: 'Processes/checkout',
        driver: { kind: 'fixed' },
        delivered: true,
        currentReplicas: 3,
        readyReplicas: 3,
        desiredReplicas: 3,
        metrics: [{ name: 'memory', current: '128 MiB', average: 2 ** 27 }],
      },
    ]);
    now += 15_000;
    const [busy] = await observe(staging, [checkout]);
    expect(busy.metrics).toEqual([
      {
        name: 'requestsPerReplica',
        current: '3.33 requests/s',
        average: expect.closeTo(10 / 3),
      },
      { name: 'cpu', current: '0.25 cores', average: 0.25 },
      { name: 'memory', current: '128 MiB', average: 2 ** 27 },
    ]);
    now += 15_000;
    agent.problem = new Error('The module is missing');
    const [unmeasured] = await observe(staging, [checkout]);
    expect(unmeasured).toMatchObject({ currentReplicas: 3, metrics: [] });
    expect(unmeasured.conditions).toContainEqual(
      expect.objectContaining({
        reason: 'NotMeasured',
        message: expect.stringContaining('The module is missing'),
      }),
    );
    expect(await observe(staging, ['component:default/ledger'])).toEqual([]);
    expect(await observe('resource:default/production', [checkout])).toEqual(
      [],
    );
    await delivery.backend.stop();
  });
});

describe('policies that can be followed here', () => {
  const source = new LocalLoadSource(
    new LoadMeter(async () => ({ since: 1, at: 0, targets: [] }), Date.now),
  );

  it('go by requests; for others it says why not', () => {
    const refusal = source.refusal.bind(source);
    expect(refusal({ type: 'requestsPerReplica', target: 5 })).toBeUndefined();
    const refused = [
      refusal({ type: 'requestsPerReplica', target: 5, query: 'sum(x)' }),
      refusal({ type: 'cpu', targetUtilization: 70 }),
      refusal({ type: 'memory', targetUtilization: 70 }),
      refusal({ type: 'queueLength', target: 5 }),
      refusal({ type: 'prometheus', name: 'x', target: 5, query: 'sum(x)' }),
    ];
    expect(refused).toEqual([
      expect.stringContaining('needs a Prometheus'),
      expect.stringContaining('keeps nothing aside'),
      expect.stringContaining('keeps nothing aside'),
      expect.stringContaining('needs a Prometheus'),
      expect.stringContaining('needs a Prometheus'),
    ]);
  });

  it('are not measured where nothing was counted', async () => {
    const load = await source.measure(
      {
        componentRef: checkout,
        environment: { ref: staging, name: 'staging', settings: {} },
        workload: 'Processes/checkout',
      },
      { signal: AbortSignal.timeout(1000) },
    );
    expect(load).toEqual({ totals: {}, problem: expect.any(String) });
  });
});
