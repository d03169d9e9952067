import { ConflictError, InputError } from '@backstage/errors';
import {
  deploymentScalePermission,
  type ScaleTargetRequest,
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
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
  type EnvironmentFacts,
} from '../catalog/CatalogReader';
import { DeploymentStore } from '../database/DeploymentStore';
import type { RolloutCommand } from '../domain/rollout/commands';
import { ROLLOUT_WORKFLOW } from '../domain/rollout/rolloutWorkflow';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import { withRuntimeProblem } from './DeploymentService';
import { findTarget } from './findTarget';
import type { RolloutReader } from './RolloutReader';
import type { RolloutAnswer } from './RolloutService';

// What has not come up by then is told, and goes on coming up.
const progressDeadlineSeconds = 120;

/** Changes how many copies run of the release that runs. No gate and no window holds that: capacity is no new software. */
export class ScaleService {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      engine: Engine;
      mutations: Mutations;
      now: () => number;
      reader: RolloutReader;
      registry: DeliveryRegistry;
    },
  ) {}

  async scale(
    request: ScaleTargetRequest,
    caller: Caller,
  ): Promise<RolloutAnswer> {
    const { authorizer, catalog, engine, mutations, reader } = this.options;
    const { componentRef, environmentRef, replicas } = request;
    return mutations.audited(
      caller,
      {
        eventId: 'target-scale',
        severityLevel: 'high',
        meta: { componentRef, environmentRef, replicas },
      },
      async () => {
        const { component, environment } = await findTarget(
          catalog,
          request,
          caller.credentials,
        );
        await authorizer.requireFor(
          deploymentScalePermission,
          { ownerRef: component.ownerRef, tier: environment.tier },
          caller.credentials,
          `scale ${component.title} in ${environment.name}`,
        );
        const requestedBy = requesterOf(request, caller);
        this.#assertRuns(environment);
        const { resultId, replayed } = await mutations.once(
          caller,
          { name: 'target.scale', request },
          async tx => {
            const id = randomUUID();
            await engine.startRun<RolloutCommand>({
              type: ROLLOUT_WORKFLOW,
              id,
              command: {
                type: 'start',
                request: await this.#request(tx, {
                  request,
                  component,
                  environment,
                  requestedBy,
                }),
              },
              actor: actorOf(caller),
              tx,
            });
            return id;
          },
        );
        return {
          rollout: await reader.shown(resultId, caller),
          existed: replayed,
        };
      },
    );
  }

  #assertRuns(environment: EnvironmentFacts): void {
    const { problem } = withRuntimeProblem(environment, this.options.registry);
    if (problem)
      throw new FieldError([{ pointer: '/environmentRef', detail: problem }]);
  }

  async #request(
    tx: Knex.Transaction,
    {
      component,
      environment,
      request: { lastRolloutId, reason, replicas },
      requestedBy,
    }: {
      component: ComponentFacts;
      environment: EnvironmentFacts;
      request: ScaleTargetRequest;
      requestedBy: string;
    },
  ) {
    const deployment = await DeploymentStore.lock(
      tx,
      {
        componentRef: component.ref,
        componentTitle: component.title,
        ownerRef: component.ownerRef,
        systemRef: component.systemRef,
        environmentRef: environment.ref,
        environmentName: environment.name,
        environmentOrder: environment.order,
        tier: environment.tier,
        runtime: environment.runtime,
        settings: environment.settings,
      },
      new Date(this.options.now()).toISOString(),
    );
    const place = `${component.title} in ${environment.name}`;
    const { activeRolloutId, release } = deployment;
    if (activeRolloutId)
      throw new ConflictError(
        `Rollout ${activeRolloutId} is under way for ${place}; scale it when that has ended`,
      );
    if (
      lastRolloutId !== undefined &&
      lastRolloutId !== deployment.lastRolloutId
    )
      throw new ConflictError(
        `Rollout ${deployment.lastRolloutId} has changed ${place} since`,
      );
    if (!release)
      throw new ConflictError(
        `Nothing runs of ${place}; roll a release out, which says how many copies`,
      );
    const kind = this.options.registry.artifactKinds.find(
      known => known.kind === release.artifact.kind,
    );
    if (kind?.hasOwnReplicas)
      throw new ConflictError(
        `Version ${release.version} of ${place} is of ${kind.title}, which say how many copies there are: change it there, and roll a new release out`,
      );
    if (deployment.replicas === replicas)
      throw new ConflictError(
        `${replicas} ${replicas === 1 ? 'copy' : 'copies'} of ${place} are asked for already`,
      );
    return {
      kind: 'scale' as const,
      target: {
        componentRef: component.ref,
        componentTitle: component.title,
        environmentRef: environment.ref,
        environmentName: environment.name,
        tier: environment.tier,
        runtime: environment.runtime,
        settings: environment.settings,
      },
      release,
      previousReplicas: deployment.replicas,
      strategy: { rolling: {} },
      replicas,
      progressDeadlineSeconds,
      requestedBy,
      ...(reason && { reason }),
      ungated: true,
      generation: deployment.generation,
    };
  }
}

/** A plugin may say for whom it asks; a person asks for themselves. */
function requesterOf(
  { onBehalfOf }: ScaleTargetRequest,
  caller: Caller,
): string {
  const actor = actorOf(caller);
  if (onBehalfOf === undefined) return actor.id;
  if (actor.type !== 'service')
    throw new InputError('onBehalfOf: only a plugin asks for somebody else');
  return canonicalRef(onBehalfOf);
}
