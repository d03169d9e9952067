import type { Routes } from './Routes';

/** Pipelines and the calendar of their windows. */
export const pipelineRoutes: Routes = (router, { services, callerOf }) => {
  router.get('/pipelines', async (request, response) => {
    response.json(await services.pipelines.list(await callerOf(request)));
  });

  router.get('/pipelines/preview', async (request, response) => {
    const query = request.query as unknown as {
      componentRef: string;
      releaseId?: string;
    };
    response.json(
      await services.pipelines.preview(query, await callerOf(request)),
    );
  });

  router.get('/windows', async (request, response) => {
    const query = request.query as unknown as { from: string; to: string };
    response.json(
      await services.pipelines.calendar(query, await callerOf(request)),
    );
  });
};
