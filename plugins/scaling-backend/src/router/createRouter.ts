import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { createApiRouter } from '@slipway/backstage-plugin-slipway-node';
import { openApiDocument } from '../schema/openapi.generated';
import type { BottleneckService } from '../service/BottleneckService';
import type { ForecastService } from '../service/ForecastService';
import type { TargetService } from '../service/TargetService';
import type { WhatIfService } from '../service/WhatIfService';
import { planningRoutes } from './planningRoutes';
import { targetRoutes } from './targetRoutes';

/** The API of scaling. */
export function createRouter(options: {
  services: {
    bottlenecks: BottleneckService;
    forecasts: ForecastService;
    targets: TargetService;
    whatIf: WhatIfService;
  };
  httpAuth: HttpAuthService;
  logger: LoggerService;
}) {
  return createApiRouter({
    ...options,
    document: openApiDocument,
    routes: [targetRoutes, planningRoutes],
  });
}
