import type { Routes } from './Routes';

/** `/window-exceptions` */
export const windowExceptionRoutes: Routes = (
  router,
  { services: { windowExceptions }, callerOf },
) => {
  router.get('/window-exceptions', async (request, response) => {
    const query = request.query as unknown as { componentRef?: string };
    response.json({
      items: await windowExceptions.list(query, await callerOf(request)),
    });
  });

  router.post('/window-exceptions', async (request, response) => {
    const { exception, existed } = await windowExceptions.ask(
      request.body,
      await callerOf(request),
    );
    response.status(existed ? 200 : 201).json(exception);
  });

  router.post(
    '/window-exceptions/:exceptionId/end',
    async (request, response) => {
      response.json(
        await windowExceptions.end(
          request.params.exceptionId,
          request.body.reason,
          await callerOf(request),
        ),
      );
    },
  );
};
