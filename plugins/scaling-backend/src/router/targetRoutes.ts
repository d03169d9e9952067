import {
  type ApiRoutes,
  pageBody,
} from '@slipway/backstage-plugin-slipway-node';
import type { TargetService } from '../service/TargetService';
import type { ScalingServices } from './ScalingServices';

/** `/targets` and `/sources` */
export const targetRoutes: ApiRoutes<ScalingServices> = (
  router,
  { services: { targets }, callerOf },
) => {
  router.get('/targets', async (request, response) => {
    const query = request.query as unknown as Parameters<
      TargetService['list']
    >[0];
    response.json(pageBody(await targets.list(query, await callerOf(request))));
  });

  router.get('/targets/:targetId', async (request, response) => {
    response.json(
      await targets.get(request.params.targetId, await callerOf(request)),
    );
  });

  router.get('/targets/:targetId/history', async (request, response) => {
    const query = request.query as unknown as { hours: number };
    response.json(
      await targets.history(
        request.params.targetId,
        query,
        await callerOf(request),
      ),
    );
  });

  router.get('/targets/:targetId/events', async (request, response) => {
    response.json({
      items: await targets.events(
        request.params.targetId,
        await callerOf(request),
      ),
    });
  });

  router.get('/sources', async (request, response) => {
    response.json({ items: await targets.sources(await callerOf(request)) });
  });
};
