import type { ApprovalDecision } from '@slipway/backstage-plugin-delivery-common';
import {
  expectedVersion,
  pageBody,
  type PageQuery,
} from '@slipway/backstage-plugin-slipway-node';
import type { Routes } from './Routes';

/** The inbox of approvals and the votes. */
export const approvalRoutes: Routes = (router, { services, callerOf }) => {
  router.get('/approvals', async (request, response) => {
    const query = request.query as unknown as PageQuery & {
      view: 'all' | 'waitingForMe' | 'mine' | 'decided' | 'reviews';
      componentRef?: string;
    };
    const page = await services.approvals.list(query, await callerOf(request));
    response.json(pageBody(page));
  });

  router.get('/approvals/:approvalId', async (request, response) => {
    response.json(
      await services.approvals.get(
        request.params.approvalId,
        await callerOf(request),
      ),
    );
  });

  router.post('/approvals/:approvalId/:decision', async (request, response) => {
    response.json(
      await services.approvals.decide(
        request.params.approvalId,
        request.params.decision as ApprovalDecision,
        {
          ...request.body,
          expectedVersion: expectedVersion(request.header('If-Match')),
        },
        await callerOf(request),
      ),
    );
  });
};
