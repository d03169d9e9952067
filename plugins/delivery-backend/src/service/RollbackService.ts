import { ConflictError } from '@backstage/errors';
import {
  rollbackCreatePermission,
  type Rollout,
  type StartRollbackRequest,
  type StartRollbacksRequest,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  type Authorizer,
  type Caller,
  FieldError,
  type Mutations,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { CatalogReader } from '../catalog/CatalogReader';
import type { DeploymentStore } from '../database/DeploymentStore';
import { HoldStore } from '../database/HoldStore';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { RolloutStore } from '../database/RolloutStore';
import type { RolloutCommand } from '../domain/rollout/commands';
import { rollbackUnderWay } from './DeploymentService';
import { findRelease } from './findRelease';
import { findTarget, type FoundTarget } from './findTarget';
import type { Journal } from './Journal';
import type { ReleaseRejections } from './ReleaseRejections';
import type { RolloutLauncher } from './RolloutLauncher';
import type { RolloutReader } from './RolloutReader';
import type { RolloutAnswer } from './RolloutService';

/** What one rollback does, after all that can be checked before has been. */
interface PreparedRollback {
  /** Steers other runs: before anything begins, in the same transaction. */
  first(tx: Knex.Transaction): Promise<void>;
  /** The run that brings the environment back. */
  begin(tx: Knex.Transaction): Promise<string>;
  /** Whether that run is there already, and is only aborted. */
  existed: boolean;
}

const separator = ',';

/** Brings environments back to earlier releases, so that what was left does not return by itself. */
export class RollbackService {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      deployments: DeploymentStore;
      engine: Engine;
      journal: Journal;
      launcher: RolloutLauncher;
      mutations: Mutations;
      now: () => number;
      reader: RolloutReader;
      rejections: ReleaseRejections;
      releases: ReleaseStore;
      rollouts: RolloutStore;
    },
  ) {}

  /** An abort where a rollout is under way, else a rollout to the earlier release. */
  async start(
    request: StartRollbackRequest,
    caller: Caller,
  ): Promise<RolloutAnswer> {
    const { mutations, reader } = this.options;
    return mutations.audited(
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
        const target = await this.authorized(request, caller);
        const operation = { name: 'rollback.start', request };
        let existed = false;
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          async () => {
            const prepared = await this.prepare(request, target, caller);
            existed = prepared.existed;
            return mutations.once(caller, operation, async tx => {
              await prepared.first(tx);
              return prepared.begin(tx);
            });
          },
        );
        return {
          rollout: await reader.shown(resultId, caller),
          existed: existed || replayed,
        };
      },
    );
  }

  /** The same in several environments of a component: all of them, or none when one of them refuses. */
  async startTogether(
    { targets, ...shared }: StartRollbacksRequest,
    caller: Caller,
  ): Promise<{ rollouts: Rollout[]; existed: boolean }> {
    const { mutations, reader } = this.options;
    const requests = targets.map(target => ({ ...shared, ...target }));
    return mutations.audited(
      caller,
      {
        eventId: 'rollback-start',
        severityLevel: 'high',
        meta: {
          componentRef: shared.componentRef,
          environmentRefs: targets.map(({ environmentRef }) => environmentRef),
        },
      },
      async () => {
        const found = await Promise.all(
          requests.map((request, index) =>
            at(index, () => this.authorized(request, caller)),
          ),
        );
        assertDifferent(found);
        const operation = {
          name: 'rollback.startTogether',
          request: { targets, ...shared },
        };
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          async () => {
            const prepared = await Promise.all(
              requests.map((request, index) =>
                at(index, () => this.prepare(request, found[index], caller)),
              ),
            );
            return mutations.once(caller, operation, async tx => {
              for (const one of prepared) await one.first(tx);
              const begun: string[] = [];
              for (const one of prepared) begun.push(await one.begin(tx));
              return begun.join(separator);
            });
          },
        );
        return {
          rollouts: await Promise.all(
            resultId.split(separator).map(id => reader.shown(id, caller)),
          ),
          existed: replayed,
        };
      },
    );
  }

  private async authorized(
    request: StartRollbackRequest,
    { credentials }: Caller,
  ): Promise<FoundTarget> {
    const { authorizer, catalog } = this.options;
    const target = await findTarget(catalog, request, credentials);
    const { component, environment } = target;
    await authorizer.requireFor(
      rollbackCreatePermission,
      { ownerRef: component.ownerRef, tier: environment.tier },
      credentials,
      `roll ${component.title} back in ${environment.name}`,
    );
    return target;
  }

  private async prepare(
    request: StartRollbackRequest,
    { component, environment }: FoundTarget,
    caller: Caller,
  ): Promise<PreparedRollback> {
    const { deployments, launcher, reader, releases } = this.options;
    const deployment = await deployments.get({
      componentRef: component.ref,
      environmentRef: environment.ref,
    });
    const active =
      deployment?.activeRolloutId === undefined
        ? undefined
        : (await reader.stored(deployment.activeRolloutId)).rollout;
    // Aborting a rollback would bring back what somebody wants to get away from.
    if (active?.kind === 'rollback' && !request.toReleaseId)
      throw new ConflictError(rollbackUnderWay);
    const runs = deployment?.release?.releaseId;
    const releaseId =
      request.toReleaseId ?? deployment?.previousRelease?.releaseId;
    const underWay = active?.kind === 'rollout' ? active : undefined;
    const steer = async (tx: Knex.Transaction, left: Set<string>) => {
      // Whoever wants to get away from a release does not wait for more copies of it.
      if (active?.kind === 'scale')
        await this.abort(active.id, request, caller, tx);
      if (underWay) await this.abort(underWay.id, request, caller, tx);
      for (const id of left) await this.reject(id, request, caller, tx);
      await this.hold(component.ref, environment.ref, request, caller, tx);
    };
    // Its abort brings back just what runs.
    if (underWay && (request.toReleaseId ?? runs) === runs)
      return {
        first: tx => steer(tx, new Set([underWay.release.id])),
        begin: async () => underWay.id,
        existed: true,
      };
    if (!releaseId)
      throw new ConflictError(
        `${component.title} has no earlier release in ${environment.name} to go back to`,
      );
    const left = new Set(
      [active?.release.id, runs].filter(
        id => id !== undefined && id !== releaseId,
      ) as string[],
    );
    return {
      first: tx => steer(tx, left),
      begin: await launcher.prepare(
        {
          kind: 'rollback',
          component,
          environment,
          release: await findRelease(
            releases,
            releaseId,
            component,
            '/toReleaseId',
          ),
          releasePointer: '/toReleaseId',
          reason: request.reason,
          queued: active !== undefined && active.kind !== 'scale',
        },
        caller,
      ),
      existed: false,
    };
  }

  private async abort(
    rolloutId: string,
    { reason }: StartRollbackRequest,
    caller: Caller,
    tx: Knex.Transaction,
  ): Promise<void> {
    const { engine, rollouts } = this.options;
    const now = await rollouts.get(rolloutId, tx);
    // Traffic that returns already is what is asked for.
    if (!now || now.refusals.abort) return;
    await engine.submit<RolloutCommand>({
      runId: rolloutId,
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
    await this.options.rejections.rejectOnce(
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
}

function assertDifferent(found: FoundTarget[]): void {
  const refs = found.map(({ environment }) => environment.ref);
  const index = refs.findIndex((ref, place) => refs.indexOf(ref) !== place);
  if (index !== -1)
    throw new FieldError([
      {
        pointer: `/targets/${index}/environmentRef`,
        detail: `${refs[index]} is named twice`,
      },
    ]);
}

/** Says of what fails which of the targets it is. */
async function at<T>(index: number, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new FieldError(
      error.fields.map(({ pointer, detail }) => ({
        pointer:
          pointer === '/componentRef' ? pointer : `/targets/${index}${pointer}`,
        detail,
      })),
    );
  }
}
