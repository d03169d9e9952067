import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request, Router } from 'express';
import createRouter from 'express-promise-router';
import type { AccessService } from '../service/AccessService';
import { readAccessQuestion } from './accessQuestion';

/** HTTP in, service call, HTTP out: what `AccessClient` calls, below the permission plugin's own path. */
export function createAccessRouter({
  access,
  httpAuth,
}: {
  access: AccessService;
  httpAuth: HttpAuthService;
}): Router {
  const router = createRouter();
  const callerOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.use('/slipway', (_request, response, next) => {
    // Answers differ by caller and by minute: nothing may be kept and reused.
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/slipway/roles', async (request, response) => {
    response.json({ items: await access.listRoles(await callerOf(request)) });
  });
  router.get('/slipway/people', async (request, response) => {
    response.json({ items: await access.listPeople(await callerOf(request)) });
  });
  router.get('/slipway/actions', async (request, response) => {
    response.json({ items: await access.listActions(await callerOf(request)) });
  });
  router.get('/slipway/explanation', async (request, response) => {
    const caller = await callerOf(request);
    const question = readAccessQuestion(request.query);
    response.json(await access.explain(question, caller));
  });
  return router;
}
