import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import express, { type Request, type Router } from 'express';
import Router_ from 'express-promise-router';
import { middleware as openApiValidator } from 'express-openapi-validator';
import { openApiDocument } from '../schema/openapi.generated';
import type { Caller } from '../service/Caller';
import { FieldError } from '../domain/FieldError';
import { approvalRoutes } from './approvalRoutes';
import { approvalRequestRoutes } from './approvalRequestRoutes';
import { delegationRoutes } from './delegationRoutes';
import { deploymentRoutes } from './deploymentRoutes';
import { feedRoutes } from './feedRoutes';
import { isNestedDeeperThan } from './isNestedDeeperThan';
import { holdRoutes } from './holdRoutes';
import { pipelineRoutes } from './pipelineRoutes';
import { promotionRoutes } from './promotionRoutes';
import { releaseRoutes } from './releaseRoutes';
import { rolloutRoutes } from './rolloutRoutes';
import { windowExceptionRoutes } from './windowExceptionRoutes';
import type { DeliveryServices } from './DeliveryServices';
import type { Routes } from './Routes';
import { problemDetails } from './problemDetails';

const maxBody = '256kb';
/** A bill of materials can be long. */
const maxReleaseBody = '8mb';
const deepestBody = 100;

const resources: Routes[] = [
  deploymentRoutes,
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

/** HTTP in, service call, HTTP out. What requests must look like stands in openapi.yaml and is checked from it. */
export async function createRouter(options: {
  services: DeliveryServices;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): Promise<Router> {
  const { services, httpAuth, logger } = options;
  const router = Router_();
  router.use((_request, response, next) => {
    // What a caller may do stands in every answer and can change without the ETag: nothing may be kept and reused.
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.post('/releases', express.json({ limit: maxReleaseBody }));
  router.use(express.json({ limit: maxBody }));
  router.use((request, _response, next) => {
    // Whatever goes through it afterwards, such as its digest, goes down level by level, and a stack has an end.
    if (isNestedDeeperThan(deepestBody, request.body))
      throw new FieldError([
        { pointer: '', detail: `is nested deeper than ${deepestBody} levels` },
      ]);
    next();
  });

  router.get('/openapi.json', (request, response) => {
    response.json({
      ...openApiDocument,
      servers: [{ url: request.baseUrl || '/' }],
    });
  });

  router.use(
    openApiValidator({
      apiSpec: openApiDocument as unknown as Parameters<
        typeof openApiValidator
      >[0]['apiSpec'],
      validateRequests: { allowUnknownQueryParameters: false },
      validateResponses: false,
      validateSecurity: false,
      ignoreUndocumented: false,
      // The plugin's own path is not part of the document.
      useRequestUrl: true,
    }),
  );

  router.use((request, _response, next) => {
    // So many digits are infinite as a number, and no limit of the document catches that.
    const infinite = Object.entries(request.query).filter(
      ([, value]) => (value as unknown) === Infinity,
    );
    if (infinite.length > 0)
      throw new FieldError(
        infinite.map(([pointer]) => ({ pointer, detail: 'is too large' })),
      );
    next();
  });

  async function callerOf(request: Request): Promise<Caller> {
    return {
      credentials: await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      }),
      idempotencyKey: request.header('Idempotency-Key'),
      request,
    };
  }

  for (const addRoutes of resources) addRoutes(router, { services, callerOf });

  router.use(problemDetails(logger));
  return router;
}
