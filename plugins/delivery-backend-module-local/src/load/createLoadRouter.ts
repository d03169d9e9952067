import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { deploymentReadPermission } from '@slipway/backstage-plugin-delivery-common';
import { requirePermission } from '@slipway/backstage-plugin-slipway-node';
import type { Request, Router } from 'express';
import createRouter from 'express-promise-router';
import type { LoadReading } from '../agent/protocol';
import type { AgentClient } from '../client/AgentClient';
import { prometheusText } from './prometheusText';

const timeoutMs = 5000;

/**
 * What the embedded runtime has counted, below delivery's own path. For services only, and never without credentials:
 * it tells of every component, also of those that a person may not see in the catalog. A Prometheus comes with a static
 * token of `backend.auth.externalAccess`, which can be restricted to the permission that is asked for here.
 */
export function createLoadRouter(options: {
  agent: AgentClient;
  httpAuth: HttpAuthService;
  now: () => number;
  permissions: PermissionsService;
}): Router {
  const { agent, httpAuth, now, permissions } = options;
  const router = createRouter();

  async function read(request: Request): Promise<LoadReading> {
    const credentials = await httpAuth.credentials(request, {
      allow: ['service'],
    });
    await requirePermission(permissions, deploymentReadPermission, credentials);
    const reading = await agent.load(AbortSignal.timeout(timeoutMs));
    return reading ?? { since: now(), at: now(), targets: [] };
  }

  router.use('/local', (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/local/metrics', async (request, response) => {
    const text = prometheusText(await read(request));
    response.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
  router.get('/local/load', async (request, response) => {
    response.json(await read(request));
  });
  return router;
}
