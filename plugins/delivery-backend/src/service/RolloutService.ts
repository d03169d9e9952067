import { ConflictError } from '@backstage/errors';
import {
  type Rollout,
  type RolloutAction,
  rolloutCreatePermission,
  type StartRolloutRequest,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  type Authorizer,
  type Caller,
  FieldError,
  type MutationResult,
  type Mutations,
  type Operation,
  StaleVersionError,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import {
  type CatalogReader,
  type ComponentFacts,
  type EnvironmentFacts,
} from '../catalog/CatalogReader';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { StoredRollout } from '../database/RolloutStore';
import type { RolloutCommand } from '../domain/rollout/commands';
import { findRelease } from './findRelease';
import { findTarget } from './findTarget';
import type { RolloutLauncher } from './RolloutLauncher';
import { permissionOf } from './rolloutPermissions';
import type { RolloutReader } from './RolloutReader';

const actionWords: Record<RolloutAction, string> = {
  pause: 'pause',
  resume: 'resume',
  promote: 'promote',
  promoteFull: 'fully promote',
  abort: 'abort',
  retry: 'retry',
  breakGlass: 'go past the gates of',
};

/** Where a change stands now, and whether it had been made before this request. */
export interface RolloutAnswer {
  rollout: Rollout;
  existed: boolean;
}

/** Starts and steers rollouts: authorise, look whether it was done before, check, do it once. */
export class RolloutService {
  constructor(
    private readonly options: {
      engine: Engine;
      reader: RolloutReader;
      launcher: RolloutLauncher;
      releases: ReleaseStore;
      catalog: CatalogReader;
      authorizer: Authorizer;
      mutations: Mutations;
      now: () => number;
    },
  ) {}

  async start(
    request: StartRolloutRequest,
    caller: Caller,
  ): Promise<RolloutAnswer> {
    return this.options.mutations.audited(
      caller,
      {
        eventId: 'rollout-start',
        severityLevel: 'high',
        meta: {
          componentRef: request.componentRef,
          environmentRef: request.environmentRef,
          releaseId: request.releaseId,
        },
      },
      async () => {
        const { component, environment } = await findTarget(
          this.options.catalog,
          request,
          caller.credentials,
        );
        await this.options.authorizer.requireFor(
          rolloutCreatePermission,
          { ownerRef: component.ownerRef, tier: environment.tier },
          caller.credentials,
          `deploy ${component.title} to ${environment.name}`,
        );
        return this.once({ name: 'rollout.start', request }, caller, async op =>
          this.options.launcher.launch(
            {
              ...request,
              kind: 'rollout',
              component,
              environment,
              release: await findRelease(
                this.options.releases,
                request.releaseId,
                component,
                '/releaseId',
              ),
              releasePointer: '/releaseId',
            },
            op,
            caller,
          ),
        );
      },
    );
  }

  async act(
    rolloutId: string,
    action: RolloutAction,
    options: { reason?: string; expectedVersion?: number },
    caller: Caller,
  ): Promise<Rollout> {
    const { reason, expectedVersion } = options;
    return this.options.mutations.audited(
      caller,
      {
        eventId: 'rollout-action',
        severityLevel: 'high',
        meta: { rolloutId, action },
      },
      async () => {
        const { rollout: seen } = await this.options.reader.stored(rolloutId);
        const { component, environment } = await findTarget(
          this.options.catalog,
          seen,
          caller.credentials,
        );
        await this.options.authorizer.requireFor(
          permissionOf[action],
          { ownerRef: component.ownerRef, tier: environment.tier },
          caller.credentials,
          `${actionWords[action]} this rollout`,
        );
        const { rollout } = await this.once(
          { name: 'rollout.act', request: { rolloutId, action, reason } },
          caller,
          op =>
            action === 'retry' && seen.finishedAt
              ? this.startAgain(
                  seen,
                  component,
                  environment,
                  options,
                  op,
                  caller,
                )
              : this.command(
                  rolloutId,
                  commandOf(action, reason, caller),
                  op,
                  caller,
                  expectedVersion,
                ),
        );
        return rollout;
      },
    );
  }

  /**
   * The answer to the same request with the same key, else what `change` comes to.
   */
  private async once(
    operation: Operation,
    caller: Caller,
    change: (operation: Operation) => Promise<MutationResult>,
  ): Promise<RolloutAnswer> {
    const { mutations, reader } = this.options;
    const { resultId, replayed } = await mutations.idempotent(
      caller,
      operation,
      () => change(operation),
    );
    return {
      rollout: await reader.shown(resultId, caller),
      existed: replayed,
    };
  }

  private async command(
    rolloutId: string,
    command: RolloutCommand,
    operation: Operation,
    caller: Caller,
    expectedVersion?: number,
  ): Promise<MutationResult> {
    return this.options.mutations.once(caller, operation, async tx => {
      await this.options.engine.submit({
        runId: rolloutId,
        command,
        actor: actorOf(caller),
        expectedVersion,
        tx,
      });
      return rolloutId;
    });
  }

  private async startAgain(
    rollout: StoredRollout['rollout'],
    component: ComponentFacts,
    environment: EnvironmentFacts,
    { reason, expectedVersion }: { reason?: string; expectedVersion?: number },
    operation: Operation,
    caller: Caller,
  ): Promise<MutationResult> {
    // An ended rollout changes no more, so that there is nothing to hold on to between this and the start.
    if (expectedVersion !== undefined && expectedVersion !== rollout.version)
      throw new StaleVersionError(expectedVersion, rollout.version);
    if (rollout.phase === 'succeeded')
      throw new ConflictError('The rollout has succeeded.');
    return this.options.launcher.launch(
      {
        kind: rollout.kind,
        component,
        environment,
        release: await findRelease(
          this.options.releases,
          rollout.release.id,
          component,
          '/releaseId',
        ),
        releasePointer: '/releaseId',
        strategy: rollout.strategy,
        replicas: rollout.replicas,
        progressDeadlineSeconds: rollout.progressDeadlineSeconds,
        reason,
        retryOf: rollout.id,
      },
      operation,
      caller,
    );
  }
}

function commandOf(
  action: RolloutAction,
  reason: string | undefined,
  caller: Caller,
): RolloutCommand {
  if (action !== 'breakGlass')
    return { type: action, ...(reason && { reason }) };
  if (!reason?.trim())
    throw new FieldError([
      { pointer: '/reason', detail: 'is needed to go past closed gates' },
    ]);
  return { type: action, by: actorOf(caller).id, reason };
}
