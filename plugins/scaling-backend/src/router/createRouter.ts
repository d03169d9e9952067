import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { createApiRouter } from '@slipway/backstage-plugin-slipway-node';
import { openApiDocument } from '../schema/openapi.generated';
import type { TargetService } from '../service/TargetService';
import { targetRoutes } from './targetRoutes';

/** The API of scaling. */
export function createRouter(options: {
  services: { targets: TargetService };
  httpAuth: HttpAuthService;
  logger: LoggerService;
}) {
  return createApiRouter({
    ...options,
    document: openApiDocument,
    routes: [targetRoutes],
  });
}
