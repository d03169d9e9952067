import type { RequestApproval } from '@slipway/backstage-plugin-delivery-common';
import { expectedVersion } from '@slipway/backstage-plugin-slipway-node';
import type { Response } from 'express';
import type { Routes } from './Routes';

/** `/approval-requests` */
export const approvalRequestRoutes: Routes = (
  router,
  { services: { requests }, callerOf },
) => {
  router.post('/approval-requests', async (request, response) => {
    const { approval, existed } = await requests.ask(
      request.body,
      await callerOf(request),
    );
    answer(response.status(existed ? 200 : 201), approval);
  });

  router.get('/approval-requests/:approvalId', async (request, response) => {
    answer(
      response,
      await requests.get(request.params.approvalId, await callerOf(request)),
    );
  });

  router.post(
    '/approval-requests/:approvalId/withdraw',
    async (request, response) => {
      answer(
        response,
        await requests.withdraw(
          request.params.approvalId,
          {
            reason: request.body?.reason,
            expectedVersion: expectedVersion(request.header('If-Match')),
          },
          await callerOf(request),
        ),
      );
    },
  );
};

function answer(response: Response, approval: RequestApproval): void {
  response.setHeader('ETag', `"${approval.request.version}"`);
  response.json(approval);
}
