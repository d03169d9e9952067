import { ConflictError } from '@backstage/errors';
import {
  rollbackCreatePermission,
  type Rollout,
  type RolloutAction,
  rolloutCreatePermission,
  type StartRollbackRequest,
  type StartRolloutRequest,
} from '@slipway/backstage-plugin-delivery-common';
import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
  type EnvironmentFacts,
} from '../catalog/CatalogReader';
import type { DeploymentStore } from '../database/DeploymentStore';
import { HoldStore } from '../database/HoldStore';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { StoredRollout } from '../database/RolloutStore';
import type { ReleaseDocument } from '../domain/release/releaseWorkflow';
import type { RolloutCommand } from '../domain/rollout/commands';
import type { Authorizer } from '../permissions/Authorizer';
import { actorOf, type Caller } from './Caller';
import { rollbackUnderWay } from './DeploymentService';
import { FieldError } from '../domain/FieldError';
import type { Journal } from './Journal';
import type { Mutations, Operation } from './Mutations';
import type { ReleaseRejections } from './ReleaseRejections';
import type { RolloutLauncher } from './RolloutLauncher';
import { permissionOf } from './rolloutPermissions';
import type { RolloutReader } from './RolloutReader';
import { StaleVersionError } from './StaleVersionError';

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

type Changed = { rolloutId: string; existed: boolean };

/** Starts and steers rollouts: authorise, look whether it was done before, check, do it once. */
export class RolloutService {
  constructor(
    private readonly options: {
      engine: Engine;
      reader: RolloutReader;
      launcher: RolloutLauncher;
      rejections: ReleaseRejections;
      releases: ReleaseStore;
      deployments: DeploymentStore;
      catalog: CatalogReader;
      authorizer: Authorizer;
      journal: Journal;
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
        const { component, environment } = await this.target(request, caller);
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
              release: await this.releaseOf(
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

  /** An abort where a rollout is under way, else a rollout to the earlier release. */
  async rollBack(
    request: StartRollbackRequest,
    caller: Caller,
  ): Promise<RolloutAnswer> {
    return this.options.mutations.audited(
      caller,
      {
        eventId: 'rollback-start',
        severityLevel: 'high',
        meta: {
          componentRef: request.componentRef,
          environmentRef: request.environmentRef,
          ...(request.toReleaseId && { releaseId: request.toReleaseId }),
        },
      },
      async () => {
        const { component, environment } = await this.target(request, caller);
        await this.options.authorizer.requireFor(
          rollbackCreatePermission,
          { ownerRef: component.ownerRef, tier: environment.tier },
          caller.credentials,
          `roll ${component.title} back in ${environment.name}`,
        );
        return this.once({ name: 'rollback.start', request }, caller, op =>
          this.bringBack(request, component, environment, op, caller),
        );
      },
    );
  }

  private async bringBack(
    request: StartRollbackRequest,
    component: ComponentFacts,
    environment: EnvironmentFacts,
    operation: Operation,
    caller: Caller,
  ): Promise<Changed> {
    const deployment = await this.options.deployments.get({
      componentRef: component.ref,
      environmentRef: environment.ref,
    });
    const active =
      deployment?.activeRolloutId === undefined
        ? undefined
        : await this.options.reader.stored(deployment.activeRolloutId);
    // Aborting a rollback would bring back what somebody wants to get away from.
    if (active?.rollout.kind === 'rollback' && !request.toReleaseId)
      throw new ConflictError(rollbackUnderWay);
    const runs = deployment?.release?.releaseId;
    if (
      active?.rollout.kind === 'rollout' &&
      (request.toReleaseId ?? runs) === runs
    )
      return this.abortInstead(active, request, operation, caller);
    const releaseId =
      request.toReleaseId ?? deployment?.previousRelease?.releaseId;
    if (!releaseId)
      throw new ConflictError(
        `${component.title} has no earlier release in ${environment.name} to go back to`,
      );
    const release = await this.releaseOf(releaseId, component, '/toReleaseId');
    return this.options.launcher.launch(
      {
        kind: 'rollback',
        component,
        environment,
        release,
        releasePointer: '/toReleaseId',
        reason: request.reason,
        queued: active !== undefined,
      },
      operation,
      caller,
      async tx => {
        if (active?.rollout.kind === 'rollout')
          await this.abort(active, request, caller, tx);
        const left = new Set([active?.rollout.release.id, runs]);
        for (const id of left)
          if (id !== undefined && id !== releaseId)
            await this.reject(id, request, caller, tx);
        await this.hold(component.ref, environment.ref, request, caller, tx);
      },
    );
  }

  private async abortInstead(
    active: StoredRollout,
    request: StartRollbackRequest,
    operation: Operation,
    caller: Caller,
  ): Promise<Changed> {
    const { mutations } = this.options;
    const { componentRef, environmentRef, release, id } = active.rollout;
    const { resultId } = await mutations.once(caller, operation, async tx => {
      await this.abort(active, request, caller, tx);
      await this.reject(release.id, request, caller, tx);
      await this.hold(componentRef, environmentRef, request, caller, tx);
      return id;
    });
    return { rolloutId: resultId, existed: true };
  }

  private async abort(
    { rollout, refusals }: StoredRollout,
    { reason }: StartRollbackRequest,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    // Traffic that returns already is what is asked for.
    if (refusals.abort) return;
    await this.options.engine.submit<RolloutCommand>({
      runId: rollout.id,
      command: { type: 'abort', ...(reason && { reason }) },
      actor: actorOf(caller),
      tx,
    });
  }

  /** What was rolled back is not to come back with the next automation. */
  private async reject(
    releaseId: string,
    { reason, rejectRelease = true, environmentRef }: StartRollbackRequest,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    if (!rejectRelease) return;
    await this.options.rejections.reject(
      releaseId,
      reason ?? `Rolled back in ${environmentRef}`,
      caller,
      tx,
    );
  }

  /** Nor is anything else, by itself, until somebody says so. */
  private async hold(
    componentRef: string,
    environmentRef: string,
    { reason }: StartRollbackRequest,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    const id = randomUUID();
    const held = {
      componentRef,
      environmentRef,
      cause: 'rollback' as const,
      reason: reason ?? 'Rolled back',
    };
    const isNew = await HoldStore.insert(tx, {
      ...held,
      id,
      by: actorOf(caller).id,
      at: new Date(this.options.now()).toISOString(),
    });
    if (isNew)
      await this.options.journal.write(
        tx,
        { type: 'hold.placed', about: id, ...held },
        caller,
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
        const { component, environment } = await this.target(seen, caller);
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
   * The answer to the same request with the same key, before anything else is looked at: what it changed may by now
   * forbid it, as a rollback under way forbids another one. Else what `change` comes to.
   */
  private async once(
    operation: Operation,
    caller: Caller,
    change: (operation: Operation) => Promise<Changed>,
  ): Promise<RolloutAnswer> {
    const { mutations, reader } = this.options;
    const earlier = await mutations.earlier(caller, operation);
    const { rolloutId, existed } = earlier
      ? { rolloutId: earlier, existed: true }
      : await change(operation);
    return { rollout: await reader.shown(rolloutId, caller), existed };
  }

  private async command(
    rolloutId: string,
    command: RolloutCommand,
    operation: Operation,
    caller: Caller,
    expectedVersion?: number,
  ): Promise<Changed> {
    const { resultId, replayed } = await this.options.mutations.once(
      caller,
      operation,
      async tx => {
        await this.options.engine.submit({
          runId: rolloutId,
          command,
          actor: actorOf(caller),
          expectedVersion,
          tx,
        });
        return rolloutId;
      },
    );
    return { rolloutId: resultId, existed: replayed };
  }

  private async startAgain(
    rollout: StoredRollout['rollout'],
    component: ComponentFacts,
    environment: EnvironmentFacts,
    { reason, expectedVersion }: { reason?: string; expectedVersion?: number },
    operation: Operation,
    caller: Caller,
  ): Promise<Changed> {
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
        release: await this.releaseOf(
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

  private async target(
    refs: { componentRef: string; environmentRef: string },
    { credentials }: Caller,
  ) {
    const { catalog } = this.options;
    const componentRef = canonicalRef(refs.componentRef);
    const environmentRef = canonicalRef(refs.environmentRef);
    const component = await catalog.component(componentRef, credentials);
    const environment = await catalog.environment(environmentRef, credentials);
    if (component && environment) return { component, environment };
    throw new FieldError([
      ...(component
        ? []
        : [
            {
              pointer: '/componentRef',
              detail: `there is no component ${componentRef} in the catalog`,
            },
          ]),
      ...(environment
        ? []
        : [
            {
              pointer: '/environmentRef',
              detail: `there is no environment ${environmentRef} in the catalog`,
            },
          ]),
    ]);
  }

  private async releaseOf(
    id: string,
    component: ComponentFacts,
    pointer: string,
  ): Promise<ReleaseDocument> {
    const release = await this.options.releases.get(id);
    if (release?.componentRef !== component.ref)
      throw new FieldError([
        { pointer, detail: `${component.title} has no release '${id}'` },
      ]);
    return release;
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
