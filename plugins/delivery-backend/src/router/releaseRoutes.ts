import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import {
  pageBody,
  type SortedQuery,
} from '@slipway/backstage-plugin-slipway-node';
import type { Routes } from './Routes';

/** Releases: listing, making, judging. */
export const releaseRoutes: Routes = (router, { services, callerOf }) => {
  router.get('/releases', async (request, response) => {
    const { sort, ...query } = request.query as unknown as SortedQuery & {
      componentRef?: string;
      version?: string;
    };
    const page = await services.releases.list(
      { ...query, descending: sort === '-createdAt' },
      await callerOf(request),
    );
    response.json(pageBody(page));
  });

  router.post('/releases', async (request, response) => {
    const { release, existed } = await services.releases.create(
      request.body,
      await callerOf(request),
    );
    response.status(existed ? 200 : 201).json(release);
  });

  router.get('/releases/:releaseId', async (request, response) => {
    response.json(
      await services.releases.get(
        request.params.releaseId,
        await callerOf(request),
      ),
    );
  });

  router.get('/releases/:releaseId/comparison', async (request, response) => {
    response.json(
      await services.releaseComparer.compare(
        request.params.releaseId,
        request.query as unknown as {
          environmentRef: string;
          fromReleaseId?: string;
        },
        await callerOf(request),
      ),
    );
  });

  router.get('/releases/:releaseId/preview', async (request, response) => {
    response.json(
      await services.releasePreviewer.preview(
        request.params.releaseId,
        request.query as unknown as {
          environmentRef: string;
          strategy?: keyof Strategy;
        },
        await callerOf(request),
      ),
    );
  });

  router.post('/releases/:releaseId/:verdict', async (request, response) => {
    response.json(
      await services.releases.judge(
        request.params.releaseId,
        request.params.verdict as 'reject' | 'unreject',
        request.body.reason,
        await callerOf(request),
      ),
    );
  });
};
