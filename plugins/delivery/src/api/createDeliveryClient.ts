import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';

/**
 * The client over the portal's own way to the backend. The client calls `fetch` with a `Request`, but Backstage's fetch
 * middlewares each make a new one of what they get, which fails on the second for a request with a body; they are at
 * ease with an address and its options.
 */
export function createDeliveryClient(apis: {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}): DeliveryClient {
  return new DeliveryClient({
    discoveryApi: apis.discoveryApi,
    fetchApi: {
      fetch: async (input, init) => {
        if (!(input instanceof Request))
          return apis.fetchApi.fetch(input, init);
        const { url, method, headers, signal } = input;
        const body = await input.text();
        return apis.fetchApi.fetch(url, {
          method,
          headers,
          signal,
          ...(body && { body }),
        });
      },
    },
  });
}
