import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type {
  ApprovalDecision,
  Rollout,
  RolloutAction,
  Tier,
} from '@slipway/backstage-plugin-delivery-common';
import express, { type Request, type Response, type Router } from 'express';
import Router_ from 'express-promise-router';
import { middleware as openApiValidator } from 'express-openapi-validator';
import { openApiDocument } from '../schema/openapi.generated';
import type { ApprovalService } from '../service/ApprovalService';
import type { BreakGlassService } from '../service/BreakGlassService';
import type { Caller } from '../service/Caller';
import type { DelegationService } from '../service/DelegationService';
import type { DeploymentService } from '../service/DeploymentService';
import type { FeedService } from '../service/FeedService';
import { FieldError } from '../domain/FieldError';
import type { HoldService } from '../service/HoldService';
import type { PromotionService } from '../service/promotions/PromotionService';
import type { PipelineService } from '../service/PipelineService';
import type { ReleaseService } from '../service/ReleaseService';
import type { RolloutReader } from '../service/RolloutReader';
import type { RolloutService } from '../service/RolloutService';
import {
  expectedVersion,
  pageBody,
  type PageQuery,
  type SortedQuery,
} from './http';
import { problemDetails } from './problemDetails';
import { promotionRoutes } from './promotionRoutes';

/** The services behind the API. */
export interface DeliveryServices {
  approvals: ApprovalService;
  breakGlass: BreakGlassService;
  delegations: DelegationService;
  pipelines: PipelineService;
  deployments: DeploymentService;
  holds: HoldService;
  promotions: PromotionService;
  releases: ReleaseService;
  rollouts: RolloutService;
  rolloutReader: RolloutReader;
  feed: FeedService;
}

const maxBody = '256kb';

/** HTTP in, service call, HTTP out. What requests must look like stands in openapi.yaml and is checked from it. */
export async function createRouter(options: {
  services: DeliveryServices;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): Promise<Router> {
  const { services, httpAuth, logger } = options;
  const router = Router_();
  router.use((_request, response, next) => {
    // What a caller may do stands in every answer and can change without the ETag: nothing may be kept and reused.
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.use(express.json({ limit: maxBody }));

  router.get('/openapi.json', (request, response) => {
    response.json({
      ...openApiDocument,
      servers: [{ url: request.baseUrl || '/' }],
    });
  });

  router.use(
    openApiValidator({
      apiSpec: openApiDocument as unknown as Parameters<
        typeof openApiValidator
      >[0]['apiSpec'],
      validateRequests: { allowUnknownQueryParameters: false },
      validateResponses: false,
      validateSecurity: false,
      ignoreUndocumented: false,
      // The plugin's own path is not part of the document.
      useRequestUrl: true,
    }),
  );

  router.use((request, _response, next) => {
    // So many digits are infinite as a number, and no limit of the document catches that.
    const infinite = Object.entries(request.query).filter(
      ([, value]) => (value as unknown) === Infinity,
    );
    if (infinite.length > 0)
      throw new FieldError(
        infinite.map(([pointer]) => ({ pointer, detail: 'is too large' })),
      );
    next();
  });

  async function callerOf(request: Request): Promise<Caller> {
    return {
      credentials: await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      }),
      idempotencyKey: request.header('Idempotency-Key'),
      request,
    };
  }

  router.get('/settings', async (request, response) => {
    response.json(await services.deployments.settings(await callerOf(request)));
  });

  router.get('/environments', async (request, response) => {
    const caller = await callerOf(request);
    response.json({ items: await services.deployments.environments(caller) });
  });

  router.get('/deployments', async (request, response) => {
    const query = request.query as unknown as PageQuery & {
      componentRef?: string;
      environmentRef?: string;
      owner?: string;
      system?: string;
      tier?: Tier;
    };
    const page = await services.deployments.list(
      query,
      await callerOf(request),
    );
    response.json(pageBody(page));
  });

  router.get('/targets/allowed-actions', async (request, response) => {
    const query = request.query as unknown as {
      componentRef: string;
      environmentRef: string;
    };
    response.json({
      allowedActions: await services.deployments.targetActions(
        query,
        await callerOf(request),
      ),
    });
  });

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

  router.get('/approvals', async (request, response) => {
    const query = request.query as unknown as PageQuery & {
      view: 'all' | 'waitingForMe' | 'mine' | 'decided' | 'reviews';
      componentRef?: string;
    };
    const page = await services.approvals.list(query, await callerOf(request));
    response.json(pageBody(page));
  });

  router.get('/approvals/:rolloutId', async (request, response) => {
    response.json(
      await services.approvals.get(
        request.params.rolloutId,
        await callerOf(request),
      ),
    );
  });

  router.post('/approvals/:rolloutId/:decision', async (request, response) => {
    response.json(
      await services.approvals.decide(
        request.params.rolloutId,
        request.params.decision as ApprovalDecision,
        {
          ...request.body,
          expectedVersion: expectedVersion(request.header('If-Match')),
        },
        await callerOf(request),
      ),
    );
  });

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

  router.get('/rollouts', async (request, response) => {
    const { sort, ...query } = request.query as unknown as SortedQuery & {
      componentRef?: string;
      environmentRef?: string;
      active?: boolean;
      waitingFor?: string;
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
    const { rollout, existed } = await services.rollouts.rollBack(
      request.body,
      await callerOf(request),
    );
    answerRollout(response.status(existed ? 200 : 201), rollout);
  });

  router.get('/events', async (request, response) => {
    const query = request.query as unknown as { after?: string; limit: number };
    const feed = await services.feed.read(query, await callerOf(request));
    response.setHeader('Slipway-Cursor', feed.cursor);
    response.setHeader('Slipway-More', String(feed.more));
    response.type('application/cloudevents-batch+json');
    response.send(JSON.stringify(feed.events));
  });

  promotionRoutes(router, { services, callerOf });

  router.use(problemDetails(logger));
  return router;
}

function answerRollout(response: Response, rollout: Rollout): void {
  response.setHeader('ETag', `"${rollout.version}"`);
  response.json(rollout);
}
