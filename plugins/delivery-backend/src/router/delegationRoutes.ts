import type { Routes } from './Routes';

/** Who votes in whose place. */
export const delegationRoutes: Routes = (router, { services, callerOf }) => {
  router.get('/delegations', async (request, response) => {
    const caller = await callerOf(request);
    response.json({ items: await services.delegations.list(caller) });
  });

  router.post('/delegations', async (request, response) => {
    const { delegation, existed } = await services.delegations.create(
      request.body,
      await callerOf(request),
    );
    response.status(existed ? 200 : 201).json(delegation);
  });

  router.post('/delegations/:delegationId/end', async (request, response) => {
    response.json(
      await services.delegations.end(
        request.params.delegationId,
        await callerOf(request),
      ),
    );
  });
};
