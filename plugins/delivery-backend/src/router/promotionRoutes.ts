import type {
  Promotion,
  PromotionAction,
} from '@slipway/backstage-plugin-delivery-common';
import {
  expectedVersion,
  pageBody,
  type PageQuery,
} from '@slipway/backstage-plugin-slipway-node';
import type { Response } from 'express';
import type { Routes } from './Routes';

/** `/promotions` */
export const promotionRoutes: Routes = (
  router,
  { services: { promotions }, callerOf },
) => {
  router.get('/promotions', async (request, response) => {
    const query = request.query as unknown as PageQuery & {
      componentRef?: string;
      active?: boolean;
    };
    response.json(
      pageBody(await promotions.list(query, await callerOf(request))),
    );
  });

  router.post('/promotions', async (request, response) => {
    const { promotion, existed } = await promotions.start(
      request.body,
      await callerOf(request),
    );
    answer(response.status(existed ? 200 : 201), promotion);
  });

  router.post('/promotions/plan', async (request, response) => {
    response.json(await promotions.plan(request.body, await callerOf(request)));
  });

  router.get('/promotions/:promotionId', async (request, response) => {
    answer(
      response,
      await promotions.get(request.params.promotionId, await callerOf(request)),
    );
  });

  router.get('/promotions/:promotionId/events', async (request, response) => {
    const query = request.query as unknown as {
      afterVersion: number;
      limit: number;
    };
    response.json({
      items: await promotions.events(
        request.params.promotionId,
        query,
        await callerOf(request),
      ),
    });
  });

  router.post('/promotions/:promotionId/:action', async (request, response) => {
    const promotion = await promotions.act(
      request.params.promotionId,
      request.params.action as PromotionAction,
      {
        reason: request.body?.reason,
        expectedVersion: expectedVersion(request.header('If-Match')),
      },
      await callerOf(request),
    );
    answer(response, promotion);
  });
};

function answer(response: Response, promotion: Promotion): void {
  response.setHeader('ETag', `"${promotion.version}"`);
  response.json(promotion);
}
