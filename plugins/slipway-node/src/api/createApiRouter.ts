import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import express, { type Request, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Caller } from '../service/Caller';
import { documentValidator } from './documentValidator';
import { FieldError } from './FieldError';
import { isNestedDeeperThan } from './isNestedDeeperThan';
import { pointersToNul } from './pointersToNul';
import { problemDetails } from './problemDetails';

const maxBody = '256kb';
const deepestBody = 100;

/** Adds the routes of one resource to the router. Each checked request becomes one call of a service. */
export type ApiRoutes<Services> = (
  router: Router,
  context: {
    services: Services;
    callerOf(request: Request): Promise<Caller>;
  },
) => void;

/** HTTP in, service call, HTTP out. What requests must look like stands in the OpenAPI document and is checked from it. */
export async function createApiRouter<Services>(options: {
  document: object;
  services: Services;
  routes: ApiRoutes<Services>[];
  httpAuth: HttpAuthService;
  logger: LoggerService;
  /** Paths whose bodies may be longer than 256 KiB, such as `8mb`. */
  longBodies?: Record<string, string>;
}): Promise<Router> {
  const { document, services, httpAuth, logger, longBodies = {} } = options;
  const router = PromiseRouter();
  router.use((_request, response, next) => {
    // What a caller may do stands in every answer and can change without the ETag: nothing may be kept and reused.
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  for (const [path, limit] of Object.entries(longBodies))
    router.post(path, express.json({ limit }));
  router.use(express.json({ limit: maxBody }));
  router.use((request, _response, next) => {
    // Whatever goes through it afterwards, such as its digest, goes down level by level, and a stack has an end.
    if (isNestedDeeperThan(deepestBody, request.body))
      throw new FieldError([
        { pointer: '', detail: `is nested deeper than ${deepestBody} levels` },
      ]);
    // What is long is a document that somebody else wrote, and is read as such.
    const holdNul = longBodies[request.path] ? [] : pointersToNul(request.body);
    if (holdNul.length > 0)
      throw new FieldError(
        holdNul.map(pointer => ({
          pointer,
          detail: 'holds the character NUL, which cannot be stored',
        })),
      );
    next();
  });

  router.get('/openapi.json', (request, response) => {
    response.json({ ...document, servers: [{ url: request.baseUrl || '/' }] });
  });

  router.use(documentValidator(document));

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

  for (const addRoutes of options.routes)
    addRoutes(router, { services, callerOf });

  router.use(problemDetails(logger));
  return router;
}
