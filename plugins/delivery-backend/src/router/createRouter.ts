import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { createApiRouter } from '@slipway/backstage-plugin-slipway-node';
import { openApiDocument } from '../schema/openapi.generated';
import { approvalRoutes } from './approvalRoutes';
import { approvalRequestRoutes } from './approvalRequestRoutes';
import { delegationRoutes } from './delegationRoutes';
import { deploymentRoutes } from './deploymentRoutes';
import { feedRoutes } from './feedRoutes';
import { holdRoutes } from './holdRoutes';
import { pipelineRoutes } from './pipelineRoutes';
import { promotionRoutes } from './promotionRoutes';
import { releaseRoutes } from './releaseRoutes';
import { rolloutRoutes } from './rolloutRoutes';
import { targetRoutes } from './targetRoutes';
import { windowExceptionRoutes } from './windowExceptionRoutes';
import type { DeliveryServices } from './DeliveryServices';
import type { Routes } from './Routes';

/** A bill of materials can be long. */
const longBodies = { '/releases': '8mb' };

const resources: Routes[] = [
  deploymentRoutes,
  targetRoutes,
  releaseRoutes,
  pipelineRoutes,
  approvalRoutes,
  approvalRequestRoutes,
  delegationRoutes,
  rolloutRoutes,
  promotionRoutes,
  holdRoutes,
  windowExceptionRoutes,
  feedRoutes,
];

/** The API of delivery. */
export function createRouter(options: {
  services: DeliveryServices;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}) {
  return createApiRouter({
    ...options,
    document: openApiDocument,
    routes: resources,
    longBodies,
  });
}
