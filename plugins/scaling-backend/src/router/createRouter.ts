import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { createApiRouter } from '@slipway/backstage-plugin-slipway-node';
import { openApiDocument } from '../schema/openapi.generated';
import { changeRoutes } from './changeRoutes';
import { feedRoutes } from './feedRoutes';
import type { ScalingServices } from './ScalingServices';
import { planningRoutes } from './planningRoutes';
import { targetRoutes } from './targetRoutes';

/** The API of scaling. */
export function createRouter(options: {
  services: ScalingServices;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}) {
  return createApiRouter({
    ...options,
    document: openApiDocument,
    routes: [targetRoutes, planningRoutes, changeRoutes, feedRoutes],
  });
}
