import type { ApiRoutes } from '@slipway/backstage-plugin-slipway-node';
import type { ForecastService } from '../service/ForecastService';
import type { WhatIfService } from '../service/WhatIfService';

/** What would have been and what will be: `/targets/{targetId}/what-if` and `/targets/{targetId}/forecast` */
export const planningRoutes: ApiRoutes<{
  forecasts: ForecastService;
  whatIf: WhatIfService;
}> = (router, { services, callerOf }) => {
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
