import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type AllowedActions,
  type LogLine,
  type Release,
  type Rollout,
  rollbackCreatePermission,
  rolloutAbortPermission,
  type RolloutAction,
  rolloutControlPermission,
  rolloutCreatePermission,
  type RolloutEvent,
  rolloutReadPermission,
  type StartRollbackRequest,
  type StartRolloutRequest,
  type Strategy,
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
import {
  type DeploymentRecord,
  DeploymentStore,
} from '../database/DeploymentStore';
import type { PageOf } from '../database/paging';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { RolloutStore, StoredRollout } from '../database/RolloutStore';
import type { ReleaseDocument } from '../domain/release/releaseWorkflow';
import type { RolloutCommand } from '../domain/rollout/commands';
import type { RolloutDomainEvent } from '../domain/rollout/events';
import type {
  RolloutRequest,
  RolloutState,
  RunRelease,
} from '../domain/rollout/state';
import { ROLLOUT_WORKFLOW } from '../domain/rollout/rolloutWorkflow';
import { strategyProblems } from '../domain/strategy/validate';
import {
  type Authorizer,
  refusal,
  type TargetCheck,
} from '../permissions/Authorizer';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import { actorOf, type Caller } from './Caller';
import { withRuntimeProblem } from './DeploymentService';
import { FieldError } from './FieldError';
import type { Mutations } from './Mutations';
import { rolloutEventView } from './rolloutEventView';
import type { DefaultStrategies } from './strategies';

const defaultDeadlineSeconds = 600;
const logsTimeoutMs = 15_000;

const permissionOf = {
  pause: rolloutControlPermission,
  resume: rolloutControlPermission,
  promote: rolloutControlPermission,
  promoteFull: rolloutControlPermission,
  abort: rolloutAbortPermission,
  retry: rolloutCreatePermission,
} satisfies Record<RolloutAction, unknown>;

const actions = Object.keys(permissionOf) as RolloutAction[];

const actionWords: Record<RolloutAction, string> = {
  pause: 'pause',
  resume: 'resume',
  promote: 'promote',
  promoteFull: 'fully promote',
  abort: 'abort',
  retry: 'retry',
};

/** Starts, steers and shows rollouts. */
export class RolloutService {
  constructor(
    private readonly options: {
      engine: Engine;
      store: RolloutStore;
      releases: ReleaseStore;
      deployments: DeploymentStore;
      catalog: CatalogReader;
      registry: DeliveryRegistry;
      authorizer: Authorizer;
      mutations: Mutations;
      strategies: DefaultStrategies;
      now: () => number;
    },
  ) {}

  async start(
    request: StartRolloutRequest,
    caller: Caller,
  ): Promise<{ rollout: Rollout; existed: boolean }> {
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
        const release = await this.releaseOf(
          request.releaseId,
          component,
          '/releaseId',
        );
        return this.launch(
          'rollout',
          { ...request, component, environment, release },
          caller,
        );
      },
    );
  }

  /** An abort where a rollout is under way, else a rollout to the earlier release. */
  async rollBack(
    request: StartRollbackRequest,
    caller: Caller,
  ): Promise<{ rollout: Rollout; existed: boolean }> {
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
        const deployment = await this.options.deployments.get({
          componentRef: component.ref,
          environmentRef: environment.ref,
        });
        if (deployment?.activeRolloutId)
          return {
            rollout: await this.abortInstead(deployment, request, caller),
            existed: true,
          };
        const releaseId =
          request.toReleaseId ?? deployment?.previousRelease?.releaseId;
        if (!releaseId)
          throw new ConflictError(
            `${component.title} has no earlier release in ${environment.name} to go back to`,
          );
        const release = await this.releaseOf(
          releaseId,
          component,
          '/toReleaseId',
        );
        return this.launch(
          'rollback',
          { reason: request.reason, component, environment, release },
          caller,
        );
      },
    );
  }

  private async abortInstead(
    deployment: DeploymentRecord,
    request: StartRollbackRequest,
    caller: Caller,
  ): Promise<Rollout> {
    const runs = deployment.release?.releaseId;
    if (request.toReleaseId && request.toReleaseId !== runs)
      throw new ConflictError(
        'A rollout is under way there. Abort it first, which brings back the release before; then roll back further.',
      );
    const rolloutId = String(deployment.activeRolloutId);
    await this.command(
      rolloutId,
      { type: 'abort', ...(request.reason && { reason: request.reason }) },
      caller,
    );
    return this.get(rolloutId, caller);
  }

  async act(
    rolloutId: string,
    action: RolloutAction,
    options: { reason?: string; expectedVersion?: number },
    caller: Caller,
  ): Promise<Rollout> {
    return this.options.mutations.audited(
      caller,
      {
        eventId: 'rollout-action',
        severityLevel: 'high',
        meta: { rolloutId, action },
      },
      async () => {
        const { rollout } = await this.stored(rolloutId);
        const { component, environment } = await this.target(rollout, caller);
        await this.options.authorizer.requireFor(
          permissionOf[action],
          { ownerRef: component.ownerRef, tier: environment.tier },
          caller.credentials,
          `${actionWords[action]} this rollout`,
        );
        if (action === 'retry' && rollout.finishedAt)
          return this.startAgain(
            rollout,
            component,
            environment,
            options,
            caller,
          );
        await this.command(
          rolloutId,
          {
            type: action,
            ...(options.reason && { reason: options.reason }),
          },
          caller,
          options.expectedVersion,
        );
        return this.get(rolloutId, caller);
      },
    );
  }

  private async command(
    rolloutId: string,
    command: Exclude<RolloutCommand, { type: 'start' }>,
    caller: Caller,
    expectedVersion?: number,
  ): Promise<void> {
    await this.options.mutations.once(
      caller,
      `rollout.${command.type}`,
      { rolloutId, command },
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
  }

  private async startAgain(
    rollout: StoredRollout['rollout'],
    component: ComponentFacts,
    environment: EnvironmentFacts,
    { reason }: { reason?: string },
    caller: Caller,
  ): Promise<Rollout> {
    if (rollout.phase === 'succeeded')
      throw new ConflictError('The rollout has succeeded.');
    const release = await this.releaseOf(
      rollout.release.id,
      component,
      '/releaseId',
    );
    const started = await this.launch(
      rollout.kind,
      {
        component,
        environment,
        release,
        strategy: rollout.strategy,
        replicas: rollout.replicas,
        progressDeadlineSeconds: rollout.progressDeadlineSeconds,
        reason,
        retryOf: rollout.id,
      },
      caller,
    );
    return started.rollout;
  }

  /** Checks what can be checked without changing anything, then takes the target and starts the run. */
  private async launch(
    kind: RolloutRequest['kind'],
    wanted: {
      component: ComponentFacts;
      environment: EnvironmentFacts;
      release: ReleaseDocument;
      strategy?: Strategy;
      replicas?: number;
      progressDeadlineSeconds?: number;
      reason?: string;
      retryOf?: string;
    },
    caller: Caller,
  ): Promise<{ rollout: Rollout; existed: boolean }> {
    const { engine, registry, mutations } = this.options;
    const { component, environment, release } = wanted;
    const { problem } = withRuntimeProblem(environment, registry);
    if (problem)
      throw new FieldError([{ pointer: '/environmentRef', detail: problem }]);
    const runtime = registry.getRuntime(environment.runtime);
    const strategy =
      wanted.strategy ??
      (kind === 'rollback'
        ? { blueGreen: { scaleDownDelaySeconds: 0 } }
        : this.options.strategies[environment.tier]);
    this.checkStrategy(strategy, runtime.strategies, runtime.title);
    if (!runtime.artifactKinds.includes(release.artifact.kind))
      throw new FieldError([
        {
          pointer: '/releaseId',
          detail: `${runtime.title} does not run artifacts of kind '${release.artifact.kind}', only ${runtime.artifactKinds.join(', ')}`,
        },
      ]);
    if (Object.keys(release.configuration.secretRefs).length)
      throw new FieldError([
        {
          pointer: '/releaseId',
          detail:
            'the release refers to secrets, and no secrets plugin is installed that could supply them',
        },
      ]);

    const target: RolloutRequest['target'] = {
      componentRef: component.ref,
      componentTitle: component.title,
      environmentRef: environment.ref,
      environmentName: environment.name,
      tier: environment.tier,
      runtime: environment.runtime,
      settings: environment.settings,
    };
    const runRelease = runReleaseOf(release, environment.name);
    await runtime.validate(target, runRelease);

    const { resultId, replayed } = await mutations.once(
      caller,
      `${kind}.start`,
      {
        target,
        releaseId: release.id,
        strategy,
        replicas: wanted.replicas,
        reason: wanted.reason,
        retryOf: wanted.retryOf,
      },
      async tx => {
        const request = await this.request(
          tx,
          kind,
          { ...wanted, strategy, target, runRelease },
          caller,
        );
        const id = randomUUID();
        await engine.startRun({
          type: ROLLOUT_WORKFLOW,
          id,
          command: { type: 'start', request },
          actor: actorOf(caller),
          tx,
        });
        return id;
      },
    );
    return { rollout: await this.get(resultId, caller), existed: replayed };
  }

  private checkStrategy(
    strategy: Strategy,
    known: Array<keyof Strategy>,
    runtime: string,
  ): void {
    const [name] = Object.keys(strategy) as Array<keyof Strategy>;
    if (!known.includes(name))
      throw new FieldError([
        {
          pointer: `/strategy/${name}`,
          detail: `${runtime} can do ${known.join(', ')} only`,
        },
      ]);
    const problems = strategyProblems(strategy, this.options.registry);
    if (problems.length)
      throw new FieldError(
        problems.map(({ pointer, detail }) => ({
          pointer: `/strategy${pointer}`,
          detail,
        })),
      );
  }

  private async request(
    tx: Knex.Transaction,
    kind: RolloutRequest['kind'],
    wanted: {
      component: ComponentFacts;
      environment: EnvironmentFacts;
      strategy: Strategy;
      target: RolloutRequest['target'];
      runRelease: RunRelease;
      replicas?: number;
      progressDeadlineSeconds?: number;
      reason?: string;
      retryOf?: string;
    },
    caller: Caller,
  ): Promise<RolloutRequest> {
    const { component, environment, runRelease } = wanted;
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
    if (deployment.activeRolloutId)
      throw new ConflictError(
        `Rollout ${deployment.activeRolloutId} is under way for ${component.title} in ${environment.name}; abort it or wait until it has ended`,
      );
    const runs = deployment.release?.releaseId === runRelease.releaseId;
    const lost = deployment.health === 'stopped';
    if (runs && !lost)
      throw new ConflictError(
        `${runRelease.version} runs in ${environment.name} already`,
      );
    const previous = runs ? undefined : deployment.release;
    return {
      kind,
      target: wanted.target,
      release: runRelease,
      ...(previous && { previous }),
      previousReplicas: deployment.replicas || 1,
      strategy: wanted.strategy,
      replicas: wanted.replicas ?? (deployment.replicas || 1),
      progressDeadlineSeconds:
        wanted.progressDeadlineSeconds ?? defaultDeadlineSeconds,
      requestedBy: actorOf(caller).id,
      ...(wanted.reason && { reason: wanted.reason }),
      ...(wanted.retryOf && { retryOf: wanted.retryOf }),
      generation: deployment.generation,
    };
  }

  async get(id: string, caller: Caller): Promise<Rollout> {
    const { rollout, refusals } = await this.visible(id, caller);
    const component = await this.options.catalog.component(
      rollout.componentRef,
      caller.credentials,
    );
    const actionsOf = await this.actionsFor(caller);
    return {
      ...rollout,
      allowedActions: actionsOf({ rollout, refusals }, component?.ownerRef),
    };
  }

  async list(
    query: {
      componentRef?: string;
      environmentRef?: string;
      active?: boolean;
      waitingFor?: string;
      descending: boolean;
      cursor?: string;
      limit: number;
    },
    caller: Caller,
  ): Promise<PageOf<Rollout>> {
    const { authorizer, catalog, store } = this.options;
    await authorizer.require(rolloutReadPermission, caller.credentials);
    const refs = query.componentRef
      ? [canonicalRef(query.componentRef)]
      : await store.componentRefs();
    const components = await catalog.components(refs, caller.credentials);
    const owners = new Map(components.map(item => [item.ref, item.ownerRef]));
    const page = await store.list({
      ...query,
      environmentRef:
        query.environmentRef && canonicalRef(query.environmentRef),
      componentRefs: [...owners.keys()],
    });
    const actionsOf = await this.actionsFor(caller);
    return {
      ...page,
      items: page.items.map(stored => ({
        ...stored.rollout,
        allowedActions: actionsOf(
          stored,
          owners.get(stored.rollout.componentRef),
        ),
      })),
    };
  }

  async events(
    id: string,
    query: { afterVersion: number; limit: number },
    caller: Caller,
  ): Promise<RolloutEvent[]> {
    await this.visible(id, caller);
    const run = await this.options.engine.read<RolloutState>(id);
    const events = await this.options.engine.history<RolloutDomainEvent>(
      id,
      query,
    );
    return events.map(event => rolloutEventView(event, run?.state.plan ?? []));
  }

  /** Log lines are the one thing that is read where it is made: they are too many to be stored twice. */
  async logs(
    id: string,
    query: { releaseId?: string; tail: number },
    caller: Caller,
  ): Promise<LogLine[]> {
    const { rollout } = await this.visible(id, caller);
    const known = [rollout.release.id, rollout.previousRelease?.id];
    const releaseId = query.releaseId ?? rollout.release.id;
    if (!known.includes(releaseId))
      throw new FieldError([
        {
          pointer: 'releaseId',
          detail: 'is neither the new nor the former release of this rollout',
        },
      ]);
    const run = await this.options.engine.read<RolloutState>(id);
    if (!run) throw new NotFoundError(`There is no rollout '${id}'`);
    const { target } = run.state.request;
    return this.options.registry.getRuntime(target.runtime).logs(
      target,
      { releaseId, tail: query.tail },
      {
        signal: AbortSignal.timeout(logsTimeoutMs),
        idempotencyKey: `${id}/logs`,
      },
    );
  }

  private async stored(id: string): Promise<StoredRollout> {
    const stored = await this.options.store.get(id);
    if (!stored) throw new NotFoundError(`There is no rollout '${id}'`);
    return stored;
  }

  private async visible(id: string, caller: Caller): Promise<StoredRollout> {
    const { authorizer, catalog } = this.options;
    await authorizer.require(rolloutReadPermission, caller.credentials);
    const stored = await this.stored(id);
    // A component that the caller may not see has no rollouts for them either.
    const component = await catalog.component(
      stored.rollout.componentRef,
      caller.credentials,
    );
    if (!component) throw new NotFoundError(`There is no rollout '${id}'`);
    return stored;
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

  private async actionsFor(caller: Caller) {
    const checks = await this.options.authorizer.checks(
      actions.map(action => permissionOf[action]),
      caller.credentials,
    );
    return (
      { rollout, refusals }: StoredRollout,
      ownerRef: string | undefined,
    ): AllowedActions =>
      Object.fromEntries(
        actions.map((action, index) => [
          action,
          allowance(
            checks[index],
            { ownerRef, tier: rollout.tier },
            refusal(permissionOf[action]),
            refusals[action],
          ),
        ]),
      );
  }
}

function allowance(
  check: TargetCheck,
  target: Parameters<TargetCheck>[0],
  missing: string,
  forbidden: string | undefined,
) {
  const reason = check(target) ? forbidden : missing;
  return reason ? { allowed: false, reason } : { allowed: true };
}

function runReleaseOf(
  release: ReleaseDocument | Release,
  environmentName: string,
): RunRelease {
  return {
    releaseId: release.id,
    version: release.version,
    digest: release.digest,
    ...(release.provenance.commit && { commit: release.provenance.commit }),
    artifact: release.artifact,
    environmentVariables: {
      ...release.configuration.values,
      ...release.configuration.environmentValues[environmentName],
    },
    health: release.health,
  };
}
