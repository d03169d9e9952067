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
    const provider = new LocalScalingProvider({
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
        metrics: [],
      },
    ]);
    expect(await observe(staging, ['component:default/ledger'])).toEqual([]);
    expect(await observe('resource:default/production', [checkout])).toEqual(
      [],
    );
    await delivery.backend.stop();
  });
});
