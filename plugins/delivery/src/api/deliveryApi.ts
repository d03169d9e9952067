import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';

/**
 * What the pages need of the delivery API: the public methods of `DeliveryClient`.
 *
 * @public
 */
export type DeliveryApi = Pick<DeliveryClient, keyof DeliveryClient>;

/** @public */
export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.delivery.service',
  pluginId: 'delivery',
});
