import type { AuthService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  actorOf,
  type Caller,
  FieldError,
  jsonDigest,
  type Mutations,
  type Operation,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import type {
  CatalogReader,
  ComponentFacts,
  EnvironmentFacts,
} from '../../catalog/CatalogReader';
import type { DeploymentStore } from '../../database/DeploymentStore';
import type { HoldStore } from '../../database/HoldStore';
import type { ReleaseStore } from '../../database/ReleaseStore';
import type { RolloutStore } from '../../database/RolloutStore';
import type {
  LaunchRequest,
  LaunchResult,
  PromotionEffect,
  ReturnResult,
} from '../../domain/promotion/effects';
import type { SeenRollout } from '../../domain/promotion/events';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';
import type { RolloutCommand } from '../../domain/rollout/commands';
import { translated } from '../engineErrors';
import type { GateDocuments } from '../gates/GateDocuments';
import type { RolloutLauncher } from '../RolloutLauncher';
import { isNews, seenRollout } from './seenRollout';

/** Stands for a rollout that will never be launched. */
const nothing = 'none';

const never: LaunchResult = {
  kind: 'refused',
  message: 'It had not begun',
};

type Return = Extract<PromotionEffect, { kind: 'delivery.promotion.return' }>;

/**
 * The rollouts of promotions, asked for by the plugin itself. Whoever started the promotion was allowed to, and what
 * holds rollouts holds these too.
 */
export class PromotionRollouts {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      documents: GateDocuments;
      deployments: DeploymentStore;
      engine: Engine;
      holds: HoldStore;
      launcher: RolloutLauncher;
      mutations: Mutations;
      releases: ReleaseStore;
      rollouts: RolloutStore;
    },
  ) {}

  /** Asks for one rollout, once for each attempt. */
  async launch(
    request: LaunchRequest,
    promotionId: string,
  ): Promise<LaunchResult> {
    const { launcher, mutations } = this.options;
    const caller = await this.caller(launchKey(request, promotionId));
    const operation = launchOperation(request, promotionId);
    const earlier = await mutations.earlier(caller, operation);
    if (earlier) return launched(earlier);
    try {
      const found = await this.find(request);
      const refusal = await this.refusal(request, found.component);
      if (refusal) return refusal;
      return await mutations.audited(
        caller,
        {
          eventId: 'rollout-start',
          severityLevel: 'high',
          meta: {
            promotionId,
            componentRef: request.componentRef,
            environmentRef: request.environmentRef,
            releaseId: request.releaseId,
          },
        },
        async () => {
          const { resultId } = await launcher.launch(
            {
              ...found,
              kind: 'rollout',
              releasePointer: '/releaseId',
              queued: true,
              requestedBy: request.requestedBy,
              reason: request.reason,
              promotion: {
                id: promotionId,
                stage: request.stage,
                ...(request.inTurn && { inTurn: true }),
              },
            },
            operation,
            caller,
          );
          return launched(resultId);
        },
      );
    } catch (error) {
      // What is wrong with the request stays wrong; everything else is tried again.
      if (isRefusal(error)) return { kind: 'refused', message: inWords(error) };
      throw error;
    }
  }

  /** Which rollout came of a launch. When none did, none ever will. */
  async recall(
    request: LaunchRequest,
    promotionId: string,
  ): Promise<LaunchResult> {
    const { resultId } = await this.options.mutations.once(
      await this.caller(launchKey(request, promotionId)),
      launchOperation(request, promotionId),
      async () => nothing,
    );
    return launched(resultId);
  }

  /** What has changed of rollouts. */
  async news(
    known: Array<Partial<SeenRollout> & { id: string }>,
  ): Promise<SeenRollout[]> {
    const stored = await this.options.rollouts.byIds(known.map(({ id }) => id));
    const news: SeenRollout[] = [];
    for (const before of known) {
      const rollout = stored.get(before.id)?.rollout;
      if (!rollout) continue;
      const seen = seenRollout(rollout);
      if (!isNews(seen, before)) continue;
      // Somebody else has rolled out the same while this one waited.
      const isThere =
        seen.phase === 'aborted' &&
        rollout.kind === 'rollout' &&
        (await this.runs(rollout, rollout.release.id));
      news.push(isThere ? { ...seen, phase: 'succeeded' } : seen);
    }
    return news;
  }

  /** The turn of a rollout has come. */
  async letBegin(rolloutId: string): Promise<void> {
    const stored = await this.options.rollouts.get(rolloutId);
    if (stored?.rollout.phase !== 'held') return;
    await this.command(rolloutId, { type: 'takeTurn' }, 'rollout-turn');
  }

  /** Ends a rollout, unless it has ended or is being taken back. */
  async abort(rolloutId: string, reason: string): Promise<void> {
    const stored = await this.options.rollouts.get(rolloutId);
    if (!stored || stored.refusals.abort) return;
    await this.command(rolloutId, { type: 'abort', reason }, 'rollout-action');
  }

  /** Brings the release before back, where the one that goes away still runs. */
  async giveBack(request: Return, promotionId: string): Promise<ReturnResult> {
    const { launcher, mutations } = this.options;
    const { componentRef, environmentRef, toReleaseId, stage, attempt } =
      request;
    const caller = await this.caller(
      jsonDigest([promotionId, stage, componentRef, 'return', attempt]),
    );
    const operation: Operation = {
      name: 'promotion.return',
      request: { componentRef, environmentRef, toReleaseId, attempt },
    };
    const earlier = await mutations.earlier(caller, operation);
    if (earlier) return { kind: 'returning', rollbackId: earlier };
    if (!(await this.runs(request, request.releaseId)))
      return { kind: 'there' };
    const found = await this.find({ ...request, releaseId: toReleaseId });
    return mutations.audited(
      caller,
      {
        eventId: 'rollback-start',
        severityLevel: 'high',
        meta: {
          promotionId,
          componentRef,
          environmentRef,
          releaseId: toReleaseId,
        },
      },
      async () => {
        const { resultId } = await launcher.launch(
          {
            ...found,
            kind: 'rollback',
            releasePointer: '/toReleaseId',
            queued: true,
            requestedBy: request.requestedBy,
            reason: request.reason,
            promotion: { id: promotionId, stage },
          },
          operation,
          caller,
        );
        return { kind: 'returning', rollbackId: resultId };
      },
    );
  }

  private async command(
    rolloutId: string,
    command: RolloutCommand,
    eventId: string,
  ): Promise<void> {
    const { engine, mutations } = this.options;
    const caller = await this.caller();
    try {
      await mutations.audited(
        caller,
        {
          eventId,
          severityLevel: 'medium',
          meta: { rolloutId, action: command.type },
        },
        () =>
          engine.submit({ runId: rolloutId, command, actor: actorOf(caller) }),
      );
    } catch (error) {
      // It went on by itself in this moment, which the next look at it sees.
      if (!(translated(error) instanceof ConflictError)) throw error;
    }
  }

  private async caller(idempotencyKey?: string): Promise<Caller> {
    const credentials = await this.options.auth.getOwnServiceCredentials();
    return { credentials, ...(idempotencyKey && { idempotencyKey }) };
  }

  /** Why there is nothing to launch, if so. */
  private async refusal(
    request: LaunchRequest,
    component: ComponentFacts,
  ): Promise<LaunchResult | undefined> {
    const { documents, holds, rollouts } = this.options;
    const pipeline = await documents.pipelineFor(component);
    if (pipeline?.digest !== request.pipelineDigest)
      return {
        kind: 'refused',
        message:
          'The pipeline has changed since this promotion began; start a new one',
      };
    const hold = request.isAutomatic && (await holds.of(request));
    if (hold)
      return {
        kind: 'onHold',
        message: `${hold.cause === 'pin' ? 'Pinned' : 'Rolled back'} by ${hold.by}: ${hold.reason}`,
      };
    if (await this.runs(request, request.releaseId))
      return { kind: 'skipped', message: 'It runs there already' };
    const { since, wasRolledBack } = await rollouts.lastRun(request);
    return since !== undefined && !wasRolledBack && !request.isGoal
      ? { kind: 'skipped', message: 'It has been through before' }
      : undefined;
  }

  private async runs(
    target: { componentRef: string; environmentRef: string },
    releaseId: string,
  ): Promise<boolean> {
    const deployment = await this.options.deployments.get(target);
    return (
      deployment?.release?.releaseId === releaseId &&
      deployment.activeRolloutId === undefined &&
      deployment.health !== 'stopped'
    );
  }

  private async find(refs: {
    componentRef: string;
    environmentRef: string;
    releaseId: string;
  }): Promise<{
    component: ComponentFacts;
    environment: EnvironmentFacts;
    release: ReleaseDocument;
  }> {
    const { auth, catalog, releases } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const component = await catalog.component(refs.componentRef, credentials);
    const environment = await catalog.environment(
      refs.environmentRef,
      credentials,
    );
    const release = await releases.get(refs.releaseId);
    if (!component)
      throw new NotFoundError(`${refs.componentRef} is not in the catalog`);
    if (!environment)
      throw new NotFoundError(`${refs.environmentRef} is not in the catalog`);
    if (!release)
      throw new NotFoundError(`There is no release '${refs.releaseId}'`);
    return { component, environment, release };
  }
}

function launchKey(
  { stage, componentRef, attempt }: LaunchRequest,
  promotionId: string,
): string {
  return jsonDigest([promotionId, stage, componentRef, attempt]);
}

function launchOperation(
  { componentRef, environmentRef, releaseId }: LaunchRequest,
  promotionId: string,
): Operation {
  return {
    name: 'promotion.launch',
    request: { promotionId, componentRef, environmentRef, releaseId },
  };
}

function launched(resultId: string): LaunchResult {
  return resultId === nothing
    ? never
    : { kind: 'launched', rolloutId: resultId };
}

function inWords(error: Error): string {
  return error instanceof FieldError
    ? error.fields.map(({ detail }) => detail).join('; ')
    : error.message;
}

function isRefusal(error: unknown): error is Error {
  return (
    error instanceof InputError ||
    error instanceof ConflictError ||
    error instanceof NotFoundError
  );
}
