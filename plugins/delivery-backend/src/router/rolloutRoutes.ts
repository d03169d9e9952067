import type { RolloutAction } from '@slipway/backstage-plugin-delivery-common';
import {
  expectedVersion,
  pageBody,
  type SortedQuery,
} from '@slipway/backstage-plugin-slipway-node';
import { answerRollout } from './answerRollout';
import type { Routes } from './Routes';

/** Rollouts and rollbacks. */
export const rolloutRoutes: Routes = (router, { services, callerOf }) => {
  router.get('/rollouts', async (request, response) => {
    const { sort, ...query } = request.query as unknown as SortedQuery & {
      componentRef?: string;
      environmentRef?: string;
      active?: boolean;
      waitingFor?: string;
      withScaling?: boolean;
    };
    const page = await services.rolloutReader.list(
      { ...query, descending: sort === '-createdAt' },
      await callerOf(request),
    );
    response.json(pageBody(page));
  });

  router.post('/rollouts', async (request, response) => {
    const { rollout, existed } = await services.rollouts.start(
      request.body,
      await callerOf(request),
    );
    answerRollout(response.status(existed ? 200 : 201), rollout);
  });

  router.get('/rollouts/:rolloutId', async (request, response) => {
    const rollout = await services.rolloutReader.get(
      request.params.rolloutId,
      await callerOf(request),
    );
    answerRollout(response, rollout);
  });

  router.get('/rollouts/:rolloutId/events', async (request, response) => {
    const query = request.query as unknown as {
      afterVersion: number;
      limit: number;
    };
    response.json({
      items: await services.rolloutReader.events(
        request.params.rolloutId,
        query,
        await callerOf(request),
      ),
    });
  });

  router.get('/rollouts/:rolloutId/logs', async (request, response) => {
    const query = request.query as unknown as {
      releaseId?: string;
      tail: number;
    };
    response.json({
      lines: await services.rolloutReader.logs(
        request.params.rolloutId,
        query,
        await callerOf(request),
      ),
    });
  });

  router.post('/rollouts/:rolloutId/review', async (request, response) => {
    const rollout = await services.breakGlass.review(
      request.params.rolloutId,
      {
        reason: request.body.reason,
        expectedVersion: expectedVersion(request.header('If-Match')),
      },
      await callerOf(request),
    );
    answerRollout(response, rollout);
  });

  router.post('/rollouts/:rolloutId/:action', async (request, response) => {
    const rollout = await services.rollouts.act(
      request.params.rolloutId,
      request.params.action as RolloutAction,
      {
        reason: request.body?.reason,
        expectedVersion: expectedVersion(request.header('If-Match')),
      },
      await callerOf(request),
    );
    answerRollout(response, rollout);
  });

  router.post('/rollbacks', async (request, response) => {
    const { rollout, existed } = await services.rollbacks.start(
      request.body,
      await callerOf(request),
    );
    answerRollout(response.status(existed ? 200 : 201), rollout);
  });

  router.post('/rollbacks/together', async (request, response) => {
    const { rollouts, existed } = await services.rollbacks.startTogether(
      request.body,
      await callerOf(request),
    );
    response.status(existed ? 200 : 201).json({ items: rollouts });
  });
};
