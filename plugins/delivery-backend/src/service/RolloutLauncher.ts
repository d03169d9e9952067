import { ConflictError } from '@backstage/errors';
import type {
  AnalysisTemplate,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  askVendor,
  type Caller,
  FieldError,
  type MutationResult,
  type Mutations,
  type Operation,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type {
  ComponentFacts,
  EnvironmentFacts,
} from '../catalog/CatalogReader';
import { DeploymentStore } from '../database/DeploymentStore';
import type { RolloutStore } from '../database/RolloutStore';
import { type GateFacts, hasGates } from '../domain/gates/facts';
import { askGates, isReady } from '../domain/gates/evolveGates';
import type { ReleaseDocument } from '../domain/release/releaseWorkflow';
import { runReleaseOf } from '../domain/release/runRelease';
import type {
  PartOfPromotion,
  RolloutRequest,
  RunRelease,
} from '../domain/rollout/state';
import { ROLLOUT_WORKFLOW } from '../domain/rollout/rolloutWorkflow';
import { strategyProblems } from '../domain/strategy/validate';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import { withRuntimeProblem } from './DeploymentService';
import type { GateFactsReader } from './gates/GateFactsReader';
import type { DefaultStrategies } from './strategies';

const defaultDeadlineSeconds = 600;

/** What is to be rolled out where, after everything that was named has been found. */
export interface Launch {
  kind: RolloutRequest['kind'];
  component: ComponentFacts;
  environment: EnvironmentFacts;
  release: ReleaseDocument;
  /** Where the release was named, for errors. */
  releasePointer: string;
  strategy?: Strategy;
  replicas?: number;
  progressDeadlineSeconds?: number;
  reason?: string;
  retryOf?: string;
  /** Begins when what is under way there has ended. */
  queued?: boolean;
  /** The promotion that asks for it. */
  promotion?: PartOfPromotion;
  /** Who asked for that; the caller when left out. */
  requestedBy?: string;
}

/** Begins rollouts and rollbacks. Who may has been decided before. */
export class RolloutLauncher {
  constructor(
    private readonly options: {
      engine: Engine;
      registry: DeliveryRegistry;
      mutations: Mutations;
      strategies: DefaultStrategies;
      facts: GateFactsReader;
      rollouts: RolloutStore;
      deployments: DeploymentStore;
      now: () => number;
    },
  ) {}

  /** Checks what can be checked without changing anything, then takes the target and starts the run. */
  async launch(
    wanted: Launch,
    operation: Operation,
    caller: Caller,
  ): Promise<MutationResult> {
    const begin = await this.prepare(wanted, caller);
    return this.options.mutations.once(caller, operation, begin);
  }

  /**
   * Checks what can be checked without changing anything. What it answers takes the target and starts the run in a
   * transaction; other runs are to be steered before it there: runs are locked before the deployments that show them, as
   * by the engine's workers. The other way round, two would wait for each other.
   */
  async prepare(
    wanted: Launch,
    caller: Caller,
  ): Promise<(tx: Knex.Transaction) => Promise<string>> {
    const { engine, registry } = this.options;
    const { kind, component, environment, release, releasePointer } = wanted;
    if (release.rejection)
      throw new ConflictError(
        `${release.version} was rejected by ${release.rejection.by}: ${release.rejection.reason}. Take the rejection back before you roll it out.`,
      );
    const { problem } = withRuntimeProblem(environment, registry);
    if (problem)
      throw new FieldError([{ pointer: '/environmentRef', detail: problem }]);
    const runtime = registry.getRuntime(environment.runtime);
    // A rollback must be possible even while the documents cannot be read.
    const stage =
      kind === 'rollback'
        ? undefined
        : await this.options.facts.stageOf(component, environment.ref);
    const strategy =
      wanted.strategy ??
      (kind === 'rollback'
        ? { blueGreen: { scaleDownDelaySeconds: 0 } }
        : (stage?.strategy ?? this.options.strategies[environment.tier]));
    this.checkStrategy(strategy, runtime.strategies, runtime.title);
    if (!runtime.artifactKinds.includes(release.artifact.kind))
      throw new FieldError([
        {
          pointer: releasePointer,
          detail: `${runtime.title} does not run artifacts of kind '${release.artifact.kind}', only ${runtime.artifactKinds.join(', ')}`,
        },
      ]);
    if (Object.keys(release.configuration.secretRefs).length)
      throw new FieldError([
        {
          pointer: releasePointer,
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
    await askVendor(
      runtime.title,
      () => runtime.validate(target, runRelease),
      releasePointer,
    );
    const [strategyName] = Object.keys(strategy) as Array<keyof Strategy>;
    await askVendor(
      runtime.title,
      async () =>
        runtime.validateStrategy?.(target, strategyName, {
          release: runRelease,
          isRollback: kind === 'rollback',
        }),
      `/strategy/${strategyName}`,
    );

    const replicas =
      wanted.replicas ??
      stage?.replicas ??
      (await this.presentReplicas(target));
    const { gates, ungated } = await this.gates(wanted, strategy, replicas);

    return async tx => {
      const request = await this.request(
        tx,
        {
          ...wanted,
          strategy,
          verification: stage?.verification,
          concludes: runtime.concludes?.(runRelease),
          replicas,
          target,
          runRelease,
          gates,
          ungated,
        },
        caller,
      );
      const id = randomUUID();
      await engine.startRun({
        type: ROLLOUT_WORKFLOW,
        id,
        command: {
          type: 'start',
          request,
          ...(gates && { gates }),
          ...(wanted.queued && { queued: true }),
        },
        actor: actorOf(caller),
        tx,
      });
      return id;
    };
  }

  /**
   * What must hold before it begins. Going back to what has run there before is for emergencies and is never held, but
   * by what is under way there; anything else is, by whatever name it is asked for.
   */
  private async gates(
    wanted: Launch,
    strategy: Strategy,
    replicas: number,
  ): Promise<{ ungated: boolean; gates?: GateFacts }> {
    const { kind, component, environment, release, queued } = wanted;
    const ungated =
      kind === 'rollback' &&
      (await this.hasRun(component.ref, environment.ref, release.id));
    if (ungated && !queued) return { ungated };
    const gates = await this.options.facts.of({
      component,
      environment,
      release,
      strategy,
      replicas,
      ungated,
    });
    return { ungated, ...((queued || hasGates(gates)) && { gates }) };
  }

  private async hasRun(
    componentRef: string,
    environmentRef: string,
    releaseId: string,
  ): Promise<boolean> {
    const { since } = await this.options.rollouts.lastRun({
      componentRef,
      environmentRef,
      releaseId,
    });
    return since !== undefined;
  }

  private async presentReplicas(target: {
    componentRef: string;
    environmentRef: string;
  }): Promise<number> {
    return (await this.options.deployments.get(target))?.replicas || 1;
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
    wanted: Launch & {
      strategy: Strategy;
      replicas: number;
      target: RolloutRequest['target'];
      runRelease: RunRelease;
      verification?: AnalysisTemplate;
      concludes?: boolean;
      gates?: GateFacts;
      ungated: boolean;
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
    const held =
      wanted.queued ||
      (wanted.gates &&
        !isReady(
          askGates(wanted.gates, {
            by: wanted.requestedBy ?? actorOf(caller).id,
            at: this.options.now(),
          }),
        ));
    if (deployment.activeRolloutId && !held)
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
      kind: wanted.kind,
      target: wanted.target,
      release: runRelease,
      ...(previous && { previous }),
      previousReplicas: deployment.replicas || 1,
      strategy: wanted.strategy,
      replicas: wanted.replicas,
      progressDeadlineSeconds:
        wanted.progressDeadlineSeconds ?? defaultDeadlineSeconds,
      requestedBy: wanted.requestedBy ?? actorOf(caller).id,
      ...(wanted.reason && { reason: wanted.reason }),
      ...(wanted.retryOf && { retryOf: wanted.retryOf }),
      ...(wanted.ungated && { ungated: true }),
      ...(wanted.verification && { verification: wanted.verification }),
      ...(wanted.concludes && { concludes: true }),
      ...(wanted.promotion && { promotion: wanted.promotion }),
      generation: deployment.generation,
    };
  }
}
