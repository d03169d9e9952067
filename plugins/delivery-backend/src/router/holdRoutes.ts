import type { Routes } from './Routes';

/** `/holds` */
export const holdRoutes: Routes = (
  router,
  { services: { holds }, callerOf },
) => {
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
};
