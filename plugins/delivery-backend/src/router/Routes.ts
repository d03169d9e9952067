import type { Request, Router } from 'express';
import type { Caller } from '../service/Caller';
import type { DeliveryServices } from './DeliveryServices';

/** Adds the routes of one resource to the router. Each checked request becomes one call of a service. */
export type Routes = (
  router: Router,
  context: {
    services: DeliveryServices;
    callerOf(request: Request): Promise<Caller>;
  },
) => void;
