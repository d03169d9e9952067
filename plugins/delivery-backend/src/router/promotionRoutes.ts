import type { PromotionAction } from '@slipway/backstage-plugin-delivery-common';
import type { Request, Response, Router } from 'express';
import type { Caller } from '../service/Caller';
import type { HoldService } from '../service/HoldService';
import type { PromotionService } from '../service/promotions/PromotionService';
import { expectedVersion, pageBody, type PageQuery } from './http';

/** `/promotions` and `/holds`. */
export function promotionRoutes(
  router: Router,
  options: {
    services: { promotions: PromotionService; holds: HoldService };
    callerOf(request: Request): Promise<Caller>;
  },
): void {
  const { callerOf } = options;
  const { holds, promotions } = options.services;

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

  router.get('/holds', async (request, response) => {
    const query = request.query as unknown as { componentRef?: string };
    response.json({
      items: await holds.list(query, await callerOf(request)),
    });
  });

  router.post('/holds', async (request, response) => {
    const { hold, existed } = await holds.create(
      request.body,
      await callerOf(request),
    );
    response.status(existed ? 200 : 201).json(hold);
  });

  router.post('/holds/:holdId/release', async (request, response) => {
    response.json(
      await holds.release(
        request.params.holdId,
        request.body.reason,
        await callerOf(request),
      ),
    );
  });
}

function answer(response: Response, versioned: { version: number }): void {
  response.setHeader('ETag', `"${versioned.version}"`);
  response.json(versioned);
}
