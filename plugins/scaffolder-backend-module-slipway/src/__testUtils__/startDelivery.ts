import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { DeliveryStandIn } from './DeliveryStandIn';

/** The stand-in behind a real server, and the real client that talks to it. */
export async function startDelivery() {
  const standIn = new DeliveryStandIn();
  const backend = await startTestBackend({ features: [standIn.plugin] });
  const client = new DeliveryClient({
    discoveryApi: {
      getBaseUrl: async pluginId =>
        `http://localhost:${backend.server.port()}/api/${pluginId}`,
    },
  });
  const auth = mockServices.auth({ pluginId: 'scaffolder' });
  return { standIn, backend, client, auth };
}
