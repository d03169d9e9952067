import type { ScalingChange } from '@slipway/backstage-plugin-scaling-common';
import {
  type ApiRoutes,
  expectedVersion,
  pageBody,
} from '@slipway/backstage-plugin-slipway-node';
import type { Response } from 'express';
import type { ChangeReader } from '../service/ChangeReader';
import type { ScalingServices } from './ScalingServices';

/** `/changes`, and how targets are changed. */
export const changeRoutes: ApiRoutes<ScalingServices> = (
  router,
  { services: { changes, changeReader, policies }, callerOf },
) => {
  router.get('/targets/:targetId/options', async (request, response) => {
    response.json(
      await changes.choices(request.params.targetId, await callerOf(request)),
    );
  });

  router.post('/targets/:targetId/scale', async (request, response) => {
    const { change, existed } = await changes.scale(
      request.params.targetId,
      request.body,
      expectedVersion(request.header('If-Match')),
      await callerOf(request),
    );
    answerChange(response.status(existed ? 200 : 201), change);
  });

  router.post('/targets/:targetId/policy', async (request, response) => {
    const { change, existed } = await policies.apply(
      request.params.targetId,
      request.body,
      await callerOf(request),
    );
    answerChange(response.status(existed ? 200 : 201), change);
  });

  router.get('/changes', async (request, response) => {
    const query = request.query as unknown as Parameters<
      ChangeReader['list']
    >[0];
    response.json(
      pageBody(await changeReader.list(query, await callerOf(request))),
    );
  });

  router.get('/changes/:changeId', async (request, response) => {
    answerChange(
      response,
      await changeReader.get(request.params.changeId, await callerOf(request)),
    );
  });

  router.post('/changes/:changeId/end', async (request, response) => {
    answerChange(
      response,
      await changes.end(
        request.params.changeId,
        request.body,
        expectedVersion(request.header('If-Match')),
        await callerOf(request),
      ),
    );
  });
};

function answerChange(response: Response, change: ScalingChange): void {
  response.setHeader('ETag', `"${change.version}"`);
  response.json(change);
}
