import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';

/** The scaling API with one target, which keeps the requests for policies that it gets. */
export function scalingStandIn() {
  const asked: Array<{ policy: string; reason: string }> = [];
  const change = { id: 'change-1', phase: 'active' };
  const router = Router();
  router.use(express.json());
  router.get('/targets', (_request, response) => {
    response.json({
      items: [{ id: 'target-1', workload: 'Processes/greeter' }],
      page: {},
    });
  });
  router.post('/targets/target-1/policy', (request, response) => {
    asked.push(request.body);
    response.status(201).json(change);
  });
  router.get('/changes/change-1', (_request, response) => {
    response.json(change);
  });
  return {
    asked,
    plugin: createBackendPlugin({
      pluginId: 'scaling',
      register: env =>
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          init: async ({ httpRouter }) => httpRouter.use(router),
        }),
    }),
  };
}
