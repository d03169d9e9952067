import type { ApiRoutes } from '@slipway/backstage-plugin-slipway-node';
import type { BottleneckService } from '../service/BottleneckService';
import type { ForecastService } from '../service/ForecastService';
import type { RightSizingService } from '../service/RightSizingService';
import type { SpreadService } from '../service/SpreadService';
import type { WhatIfService } from '../service/WhatIfService';

/**
 * What is in the way, what would have been, what will be, and what was used: `/targets/{targetId}/bottlenecks`, `…/what-if`,
 * `…/forecast`, `…/right-sizing`, `…/spread`
 */
export const planningRoutes: ApiRoutes<{
  bottlenecks: BottleneckService;
  forecasts: ForecastService;
  rightSizing: RightSizingService;
  spread: SpreadService;
  whatIf: WhatIfService;
}> = (router, { services, callerOf }) => {
  router.get('/targets/:targetId/bottlenecks', async (request, response) => {
    response.json(
      await services.bottlenecks.list(
        request.params.targetId,
        await callerOf(request),
      ),
    );
  });

  router.post('/targets/:targetId/what-if', async (request, response) => {
    response.json(
      await services.whatIf.whatIf(
        request.params.targetId,
        request.body,
        await callerOf(request),
      ),
    );
  });

  router.get('/targets/:targetId/forecast', async (request, response) => {
    const query = request.query as unknown as { days: number };
    response.json(
      await services.forecasts.forecast(
        request.params.targetId,
        query,
        await callerOf(request),
      ),
    );
  });

  router.get('/targets/:targetId/right-sizing', async (request, response) => {
    const query = request.query as unknown as { days: number };
    response.json(
      await services.rightSizing.recommend(
        request.params.targetId,
        query,
        await callerOf(request),
      ),
    );
  });

  router.post('/targets/:targetId/right-size', async (request, response) => {
    const { existed, rollout } = await services.rightSizing.apply(
      request.params.targetId,
      request.body,
      await callerOf(request),
    );
    response.status(existed ? 200 : 201).json(rollout);
  });

  router.get('/targets/:targetId/spread', async (request, response) => {
    const query = request.query as unknown as { minutes: number };
    response.json(
      await services.spread.read(
        request.params.targetId,
        query,
        await callerOf(request),
      ),
    );
  });
};
