import { answerRollout } from './answerRollout';
import type { Routes } from './Routes';

/** `/targets`: a component in an environment. */
export const targetRoutes: Routes = (router, { services, callerOf }) => {
  router.get('/targets/allowed-actions', async (request, response) => {
    response.json({
      allowedActions: await services.deployments.targetActions(
        targetOf(request),
        await callerOf(request),
      ),
    });
  });

  router.get('/targets/gates', async (request, response) => {
    response.json(
      await services.targetGates.read(
        targetOf(request),
        await callerOf(request),
      ),
    );
  });

  router.post('/targets/scale', async (request, response) => {
    const { rollout, existed } = await services.scaling.scale(
      request.body,
      await callerOf(request),
    );
    answerRollout(response.status(existed ? 200 : 201), rollout);
  });
};

function targetOf({ query }: { query: unknown }) {
  return query as { componentRef: string; environmentRef: string };
}
