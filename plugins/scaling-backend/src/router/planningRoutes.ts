import type { ApiRoutes } from '@slipway/backstage-plugin-slipway-node';
import type { BottleneckService } from '../service/BottleneckService';
import type { ForecastService } from '../service/ForecastService';
import type { WhatIfService } from '../service/WhatIfService';

/** What is in the way, what would have been and what will be: `/targets/{targetId}/bottlenecks`, `…/what-if`, `…/forecast` */
export const planningRoutes: ApiRoutes<{
  bottlenecks: BottleneckService;
  forecasts: ForecastService;
  whatIf: WhatIfService;
}> = (router, { services, callerOf }) => {
  router.get('/targets/:targetId/bottlenecks', async (request, response) => {
    response.json({
      items: await services.bottlenecks.list(
        request.params.targetId,
        await callerOf(request),
      ),
    });
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
};
