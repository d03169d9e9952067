import { NotFoundError } from '@backstage/errors';
import {
  type DocumentProblem,
  type Pipeline,
  type PipelinePreview,
  pipelineReadPermission,
  type PipelineStage,
  type StagePreview,
  type WindowOccurrence,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  type Authorizer,
  type Caller,
  FieldError,
} from '@slipway/backstage-plugin-slipway-node';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
  type EnvironmentFacts,
} from '../catalog/CatalogReader';
import {
  type DeploymentStore,
  deploymentView,
} from '../database/DeploymentStore';
import type { HoldRecord, HoldStore } from '../database/HoldStore';
import type { ReleaseStore } from '../database/ReleaseStore';
import { askGates, isReady } from '../domain/gates/evolveGates';
import { releaseSummary } from '../domain/release/releaseSummary';
import type { ReleaseDocument } from '../domain/release/releaseWorkflow';
import type { GateFactsReader } from './gates/GateFactsReader';
import type { DefaultStrategies } from './strategies';

const longestCalendarMs = 370 * 24 * 3_600_000;

/** The documents in force, for people to look at. */
export interface DocumentCatalog {
  pipelines(): Promise<Pipeline[]>;
  problems(): Promise<DocumentProblem[]>;
  pipelineFor(component: ComponentFacts): Promise<Pipeline | undefined>;
  /** By start. */
  occurrences(from: number, to: number): Promise<WindowOccurrence[]>;
}

/** Shows pipelines and windows, and what they would do to a release. */
export class PipelineService {
  constructor(
    private readonly options: {
      documents: DocumentCatalog;
      facts: GateFactsReader;
      catalog: CatalogReader;
      deployments: DeploymentStore;
      holds: HoldStore;
      releases: ReleaseStore;
      authorizer: Authorizer;
      strategies: DefaultStrategies;
      now: () => number;
    },
  ) {}

  async list(
    caller: Caller,
  ): Promise<{ items: Pipeline[]; problems: DocumentProblem[] }> {
    await this.authorize(caller);
    const { catalog, documents } = this.options;
    const items = await documents.pipelines();
    const problems = await documents.problems();
    const refs = [...items, ...problems].flatMap(
      ({ componentRef }) => componentRef ?? [],
    );
    const visible = await catalog.visible(
      [...new Set(refs)],
      caller.credentials,
    );
    const isShown = ({ componentRef }: { componentRef?: string }) =>
      componentRef === undefined || visible.has(componentRef);
    return { items: items.filter(isShown), problems: problems.filter(isShown) };
  }

  async calendar(
    query: { from: string; to: string },
    caller: Caller,
  ): Promise<{ items: WindowOccurrence[]; problems: DocumentProblem[] }> {
    await this.authorize(caller);
    const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
    if (!(from < to) || to - from > longestCalendarMs)
      throw new FieldError([
        { pointer: 'to', detail: 'must be after from, at most 370 days' },
      ]);
    const { documents } = this.options;
    return {
      items: await documents.occurrences(from, to),
      // A component has no windows of its own.
      problems: (await documents.problems()).filter(
        ({ componentRef }) => !componentRef,
      ),
    };
  }

  /** Each stage as it is now, and what would happen to the release there. Changes nothing. */
  async preview(
    query: { componentRef: string; releaseId?: string },
    caller: Caller,
  ): Promise<PipelinePreview> {
    await this.authorize(caller);
    const { catalog, documents } = this.options;
    const componentRef = canonicalRef(query.componentRef);
    const component = await catalog.component(componentRef, caller.credentials);
    if (!component)
      throw new NotFoundError(`There is no component ${componentRef}`);
    const pipeline = await documents.pipelineFor(component);
    if (!pipeline)
      throw new NotFoundError(
        `No pipeline serves ${component.title}; see delivery.pipelines in the portal's configuration`,
      );
    const release = await this.release(componentRef, query.releaseId);
    const environments = new Map(
      (await catalog.environments(caller.credentials)).map(environment => [
        environment.ref,
        environment,
      ]),
    );
    return {
      pipeline,
      componentRef,
      ...(release && { release: releaseSummary(release) }),
      stages: await Promise.all(
        pipeline.stages.map(stage =>
          this.stage(
            stage,
            environments.get(stage.environment),
            { component, release },
            caller,
          ),
        ),
      ),
    };
  }

  private async stage(
    stage: PipelineStage,
    environment: EnvironmentFacts | undefined,
    subject: { component: ComponentFacts; release?: ReleaseDocument },
    caller: Caller,
  ): Promise<StagePreview> {
    const { component, release } = subject;
    const base = {
      stage: stage.name,
      ...(stage.title && { title: stage.title }),
      environmentRef: stage.environment,
      needs: stage.needs ?? [],
    };
    if (!environment)
      return {
        ...base,
        environmentName: stage.environment,
        tier: 'production',
        verdict: 'refused',
        message: 'There is no such environment in the catalog',
        gates: [],
      };
    const target = {
      componentRef: component.ref,
      environmentRef: environment.ref,
    };
    const [deployment, hold] = await Promise.all([
      this.options.deployments.get(target),
      stage.autoPromote ? this.options.holds.of(target) : undefined,
    ]);
    const shown = deployment && deploymentView(deployment);
    const place = {
      ...base,
      environmentName: environment.name,
      tier: environment.tier,
      ...(shown && {
        deployment: {
          ...(shown.release && { release: shown.release }),
          health: shown.health,
          ...(shown.deployedAt && { deployedAt: shown.deployedAt }),
          ...(shown.activeRolloutId && {
            activeRolloutId: shown.activeRolloutId,
          }),
          ...(shown.activeRolloutPhase && {
            activeRolloutPhase: shown.activeRolloutPhase,
          }),
        },
      }),
    };
    if (!release)
      return {
        ...place,
        verdict: 'refused',
        message: 'There is no release to roll out',
        gates: [],
      };
    const { facts, now, strategies } = this.options;
    const gates = askGates(
      await facts.of({
        component,
        environment,
        release,
        strategy: stage.strategy ?? strategies[environment.tier],
        replicas: stage.replicas ?? (deployment?.replicas || 1),
      }),
      { by: actorOf(caller).id, at: now() },
    );
    const open = isReady(gates);
    const there = deployment?.release?.releaseId === release.id;
    const holding = gates.items.filter(({ status }) => status !== 'passed');
    return {
      ...place,
      ...verdictOf(release, {
        isThere: there,
        isOpen: open,
        activeRolloutId: shown?.activeRolloutId,
        hold,
        holding: holding.map(({ message }) => message),
      }),
      gates: gates.items,
    };
  }

  private async release(
    componentRef: string,
    releaseId: string | undefined,
  ): Promise<ReleaseDocument | undefined> {
    const { releases } = this.options;
    if (releaseId === undefined) {
      const { items } = await releases.list({
        scope: { only: [componentRef] },
        descending: true,
        limit: 1,
      });
      return items[0];
    }
    const release = await releases.get(releaseId);
    if (release?.componentRef !== componentRef)
      throw new FieldError([
        { pointer: 'releaseId', detail: `${componentRef} has no such release` },
      ]);
    return release;
  }

  private async authorize({ credentials }: Caller): Promise<void> {
    await this.options.authorizer.require(pipelineReadPermission, credentials);
  }
}

function verdictOf(
  { version, rejection }: ReleaseDocument,
  seen: {
    isThere: boolean;
    isOpen: boolean;
    activeRolloutId?: string;
    /** Where it would begin by itself. */
    hold?: HoldRecord;
    holding: string[];
  },
): Pick<StagePreview, 'verdict' | 'message'> {
  if (seen.isThere) return { verdict: 'runs', message: `${version} runs here` };
  const onHold = seen.hold && [
    `Automatic promotion is held by ${seen.hold.by}: “${seen.hold.reason}”. Release the hold, or roll it out yourself`,
  ];
  if (seen.isOpen && !onHold)
    return {
      verdict: 'ready',
      message: seen.activeRolloutId
        ? 'Nothing holds it, but another rollout is under way'
        : 'Nothing holds it',
    };
  return {
    verdict: rejection ? 'refused' : 'held',
    message: [...seen.holding, ...(onHold ?? [])].join('; '),
  };
}
