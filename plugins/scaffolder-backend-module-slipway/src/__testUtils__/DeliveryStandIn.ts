import {
  coreServices,
  createBackendPlugin,
  type HttpAuthService,
} from '@backstage/backend-plugin-api';
import type {
  AskWindowExceptionRequest,
  DeliverySettings,
  Environment,
  Promotion,
  Release,
  RequestApproval,
  Rollout,
  RolloutEvent,
  RolloutPhase,
  StartRollbackRequest,
  StartRolloutRequest,
  CreateReleaseRequest,
  WindowException,
} from '@slipway/backstage-plugin-delivery-common';
import express, { type Request, type Response } from 'express';
import Router from 'express-promise-router';

const onePromotion: Promotion = {
  id: 'promotion-1',
  version: 1,
  trigger: 'person',
  pipeline: {
    name: 'guarded',
    title: 'Guarded',
    digest: `sha256:${'4'.repeat(64)}`,
  },
  phase: 'running',
  items: [],
  stages: [
    {
      name: 'production',
      title: 'Production',
      environmentRef: 'resource:default/production',
      environmentName: 'production',
      tier: 'production',
      needs: [],
      onFailure: 'rollback',
      status: 'running',
      items: [],
    },
  ],
  requestedBy: 'somebody',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  allowedActions: {},
};

const oneRequest: RequestApproval = {
  kind: 'request',
  id: 'request-1',
  state: 'pending',
  request: {
    version: 1,
    title: 'Read the ledger',
    subjectDigest: `sha256:${'5'.repeat(64)}`,
    gate: {
      name: 'Approval',
      kind: 'approval',
      status: 'waiting',
      message: 'Needs 1 of default/owners',
    },
    requestedBy: 'user:default/ada',
    requestedAt: '2026-01-01T00:00:00.000Z',
  },
  allowedActions: {},
};

type Answer = Release | Rollout | Promotion | RequestApproval | WindowException;

/**
 * A stand-in for the delivery API, written from its OpenAPI document and reached over HTTP by the real client. It runs
 * nothing: each look at a rollout brings it one phase of `script` further.
 */
export class DeliveryStandIn {
  /** What rollouts go through. */
  script: RolloutPhase[] = ['pending', 'progressing', 'succeeded'];
  /** `rollout` is what the API answers when it aborts one under way. */
  rollbackKind: Rollout['kind'] = 'rollback';
  /** What promotions go through, one with each look. */
  promotionScript: Partial<Promotion>[] = [
    { phase: 'running' },
    { phase: 'succeeded', message: 'Through', finishedAt: 'now' },
  ];
  /** What requests for approval go through, one with each look. */
  requestScript: RequestApproval[] = [
    oneRequest,
    decided('approved', [{ by: 'user:default/ben', decision: 'approve' }]),
  ];
  /** Why nobody may deploy. */
  refusal?: string;
  /** How many of the next looks at a rollout are answered with 503. */
  outages = 0;
  /** What was asked to be changed, in order. */
  readonly changes: Array<{
    request: string;
    caller: string;
    idempotencyKey: string | undefined;
    body: unknown;
  }> = [];
  readonly releases: Release[] = [];
  readonly rollouts: Array<{ rollout: Rollout; left: RolloutPhase[] }> = [];
  private readonly answered = new Map<string, Answer>();

  readonly environments: Environment[] = (
    ['development', 'staging', 'production'] as const
  ).map((tier, order) => ({
    ref: `resource:default/${tier}`,
    name: tier,
    title: tier,
    tier,
    order,
    runtime: 'local',
  }));

  readonly settings: DeliverySettings = {
    runtimes: [{ name: 'local', title: 'Local', strategies: ['rolling'] }],
    artifactKinds: ['npm', 'tarball', 'directory'].map(kind => ({
      kind,
      title: kind,
      schema: {},
    })),
    analysisProviders: [],
    stepKinds: [],
    defaultStrategies: {
      development: { rolling: {} },
      staging: { canary: { steps: [{ setWeight: 50 }] } },
      production: { canary: { steps: [{ setWeight: 10 }] } },
    },
  };

  /** The backend feature that serves it as the plugin `delivery`. */
  readonly plugin = createBackendPlugin({
    pluginId: 'delivery',
    register: env => {
      env.registerInit({
        deps: {
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        init: async ({ http, httpAuth }) => {
          http.use(this.router(httpAuth));
        },
      });
    },
  });

  private router(httpAuth: HttpAuthService) {
    const router = Router();
    router.use(express.json());
    router.get('/settings', (_, res) => res.json(this.settings));
    router.get('/environments', (_, res) =>
      res.json({ items: this.environments }),
    );
    router.get('/targets/allowed-actions', (_, res) => {
      const answer = this.refusal
        ? { allowed: false, reason: this.refusal }
        : { allowed: true };
      res.json({ allowedActions: { deploy: answer, rollback: answer } });
    });
    router.get('/releases', (req, res) => {
      const items = this.releases.filter(
        ({ componentRef, version }) =>
          componentRef === req.query.componentRef &&
          version === req.query.version,
      );
      res.json({ items, page: { totalItems: items.length } });
    });
    router.get('/releases/:id', (req, res) => {
      const release = this.releases.find(({ id }) => id === req.params.id);
      if (release) res.json(release);
      else problem(res, 404, `There is no release '${req.params.id}'`);
    });
    router.get('/rollouts/:id', (req, res) => {
      if (this.outages > 0) {
        this.outages -= 1;
        problem(res, 503, 'Starting');
        return;
      }
      res.json(this.advance(req.params.id));
    });
    router.get('/rollouts/:id/events', (req, res) => {
      const { version, phase } = this.find(req.params.id).rollout;
      const event: RolloutEvent = {
        id: `e${version}`,
        version,
        type: 'phase',
        at: new Date().toISOString(),
        actor: 'engine',
        summary: `The rollout is ${phase}`,
        data: {},
      };
      const fresh = version > Number(req.query.afterVersion ?? 0);
      res.json({ items: fresh ? [event] : [] });
    });

    router.post('/releases', async (req, res) => {
      await this.change(httpAuth, req, res, () => {
        const body: CreateReleaseRequest = req.body;
        const release: Release = {
          id: `release-${this.releases.length + 1}`,
          componentRef: body.componentRef,
          version: body.version,
          digest: `sha256:${'1'.repeat(64)}`,
          artifact: {
            reference: body.version,
            digest: `sha256:${'2'.repeat(64)}`,
            ...body.artifact,
          },
          configuration: {
            digest: `sha256:${'3'.repeat(64)}`,
            values: {},
            environmentValues: {},
            secretRefs: {},
            ...body.configuration,
          },
          health: body.health ?? {},
          provenance: body.provenance ?? {},
          createdAt: new Date().toISOString(),
          createdBy: 'somebody',
          allowedActions: {},
        };
        this.releases.push(release);
        return release;
      });
    });
    router.get('/promotions/:id', (_, res) => res.json(this.nextPromotion()));
    router.get('/promotions/:id/events', (_, res) => res.json({ items: [] }));
    router.post('/promotions/:id/:action', async (req, res) => {
      await this.change(httpAuth, req, res, () => {
        this.promotionScript = [{ phase: 'aborted', finishedAt: 'now' }];
        return this.nextPromotion();
      });
    });
    router.post('/promotions', async (req, res) => {
      await this.change(httpAuth, req, res, () => this.nextPromotion());
    });
    router.get('/approval-requests/:id', (_, res) =>
      res.json(this.nextRequest()),
    );
    router.post('/approval-requests/:id/withdraw', async (req, res) => {
      await this.change(httpAuth, req, res, () => {
        this.requestScript = [decided('withdrawn', [])];
        return this.nextRequest();
      });
    });
    router.post('/approval-requests', async (req, res) => {
      await this.change(httpAuth, req, res, () => oneRequest);
    });
    router.post('/window-exceptions', async (req, res) => {
      await this.change(httpAuth, req, res, () => ({
        ...(req.body as AskWindowExceptionRequest),
        id: oneRequest.id,
        windows: [],
        state: 'pending',
        requestedBy: 'user:default/ada',
        requestedAt: '2026-01-01T00:00:00.000Z',
        approvedBy: [],
        allowedActions: {},
      }));
    });
    router.post('/rollouts', async (req, res) => {
      const body: StartRolloutRequest = req.body;
      await this.change(httpAuth, req, res, () =>
        this.start('rollout', body, body.releaseId),
      );
    });
    router.post('/rollbacks', async (req, res) => {
      const body: StartRollbackRequest = req.body;
      await this.change(httpAuth, req, res, () =>
        this.start(this.rollbackKind, body, body.toReleaseId ?? 'before'),
      );
    });
    router.post('/rollouts/:id/:action', async (req, res) => {
      await this.change(httpAuth, req, res, () => {
        const found = this.find(req.params.id);
        found.left = ['aborted'];
        return this.advance(req.params.id);
      });
    });
    return router;
  }

  private async change(
    httpAuth: HttpAuthService,
    req: Request,
    res: Response,
    carryOut: () => Answer,
  ) {
    const { principal } = await httpAuth.credentials(req, { allow: ['user'] });
    const idempotencyKey = req.get('Idempotency-Key');
    this.changes.push({
      request: `${req.method} ${req.path}`,
      caller: principal.userEntityRef,
      idempotencyKey,
      body: req.body,
    });
    if (this.refusal) {
      problem(res, 403, this.refusal);
      return;
    }
    const before = idempotencyKey && this.answered.get(idempotencyKey);
    if (before) {
      res.json(before);
      return;
    }
    const result = carryOut();
    if (idempotencyKey) this.answered.set(idempotencyKey, result);
    res.status(201).json(result);
  }

  private start(
    kind: Rollout['kind'],
    body: { componentRef: string; environmentRef: string },
    releaseId: string,
  ): Rollout {
    const environment = this.environments.find(
      ({ ref }) => ref === body.environmentRef,
    )!;
    const rollout: Rollout = {
      id: `${kind}-${this.rollouts.length + 1}`,
      version: 0,
      kind,
      componentRef: body.componentRef,
      componentTitle: body.componentRef,
      environmentRef: body.environmentRef,
      environmentName: environment.name,
      tier: environment.tier,
      release: {
        id: releaseId,
        version: '1.0.0',
        digest: `sha256:${'1'.repeat(64)}`,
      },
      strategy: { rolling: {} },
      replicas: 1,
      progressDeadlineSeconds: 600,
      phase: 'pending',
      currentStepIndex: 0,
      steps: [],
      weight: 0,
      weightHistory: [],
      requestedBy: 'somebody',
      createdAt: new Date().toISOString(),
      updatedAt: new Date().toISOString(),
      allowedActions: {},
    };
    this.rollouts.push({ rollout, left: [...this.script] });
    return rollout;
  }

  private nextPromotion(): Promotion {
    const [now, ...later] = this.promotionScript;
    if (later.length) this.promotionScript = later;
    return { ...onePromotion, ...now };
  }

  private nextRequest(): RequestApproval {
    const [now, ...later] = this.requestScript;
    if (later.length) this.requestScript = later;
    return now;
  }

  private find(id: string) {
    return this.rollouts.find(({ rollout }) => rollout.id === id)!;
  }

  private advance(id: string): Rollout {
    const found = this.find(id);
    const phase = found.left.length > 1 ? found.left.shift()! : found.left[0];
    const waits = phase === 'paused';
    const hasEnded = ['succeeded', 'rolledBack', 'aborted'].includes(phase);
    found.rollout = {
      ...found.rollout,
      version:
        phase === found.rollout.phase
          ? found.rollout.version
          : found.rollout.version + 1,
      phase,
      waitingFor: waits ? 'person' : undefined,
      waitReason: waits ? 'pauseStep' : undefined,
      message: phase === 'rolledBack' ? 'error rate 31 %' : undefined,
      ...(hasEnded && { finishedAt: new Date().toISOString() }),
      observation: {
        observedAt: new Date().toISOString(),
        converged: true,
        address: 'http://127.0.0.1:4000',
        versions: [],
      },
    };
    return found.rollout;
  }
}

/** A request for approval after these votes. */
export function decided(
  state: RequestApproval['state'],
  votes: Array<{
    by: string;
    decision: 'approve' | 'reject';
    comment?: string;
  }>,
): RequestApproval {
  const at = '2026-01-02T00:00:00.000Z';
  return {
    ...oneRequest,
    state,
    request: {
      ...oneRequest.request,
      decidedAt: at,
      gate: {
        ...oneRequest.request.gate,
        approval: {
          rules: [],
          approvers: [],
          votes: votes.map(vote => ({ ...vote, at })),
          excluded: [],
          requireComment: false,
        },
      },
    },
  };
}

function problem(res: Response, status: number, message: string) {
  res.status(status).json({
    type: 'about:blank',
    title: message,
    status,
    detail: message,
    error: { name: 'Error', message },
    response: { statusCode: status },
  });
}
