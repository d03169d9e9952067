import type { ApiRoutes } from '@slipway/backstage-plugin-slipway-node';
import type { DeliveryServices } from './DeliveryServices';

/** Adds the routes of one resource to the router. Each checked request becomes one call of a service. */
export type Routes = ApiRoutes<DeliveryServices>;
