import type { Tier } from '@slipway/backstage-plugin-delivery-common';
import {
  pageBody,
  type PageQuery,
} from '@slipway/backstage-plugin-slipway-node';
import type { Routes } from './Routes';

/** Settings, environments and what runs where. */
export const deploymentRoutes: Routes = (router, { services, callerOf }) => {
  router.get('/settings', async (request, response) => {
    response.json(await services.deployments.settings(await callerOf(request)));
  });

  router.get('/environments', async (request, response) => {
    const caller = await callerOf(request);
    response.json({ items: await services.deployments.environments(caller) });
  });

  router.get('/deployments', async (request, response) => {
    const query = request.query as unknown as PageQuery & {
      componentRef?: string;
      environmentRef?: string;
      owner?: string;
      system?: string;
      tier?: Tier;
    };
    const page = await services.deployments.list(
      query,
      await callerOf(request),
    );
    response.json(pageBody(page));
  });
};
