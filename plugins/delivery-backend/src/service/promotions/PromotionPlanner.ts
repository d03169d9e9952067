import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type {
  PromotionPlan,
  StartPromotionRequest,
} from '@slipway/backstage-plugin-delivery-common';
import {
  durationMs,
  FieldError,
  type FieldProblem,
} from '@slipway/backstage-plugin-slipway-node';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
} from '../../catalog/CatalogReader';
import type { DeploymentStore } from '../../database/DeploymentStore';
import type { ReleaseStore } from '../../database/ReleaseStore';
import type { RolloutStore } from '../../database/RolloutStore';
import { orderByDependency } from '../../domain/promotion/order';
import type {
  PromotionRequest,
  StageRequest,
} from '../../domain/promotion/state';
import type { ReleaseDocument } from '../../domain/release/releaseWorkflow';
import { releaseSummary } from '../../domain/release/releaseSummary';
import type { GateDocuments, GatePipeline } from '../gates/GateDocuments';

/** A component and the release that it goes to. */
export interface Candidate {
  component: ComponentFacts;
  release: ReleaseDocument;
}

/** What a promotion will do, and with what. */
export interface PlannedPromotion extends Pick<
  PromotionRequest,
  'pipeline' | 'items' | 'stages'
> {
  /** In the order of the request, as are the releases. */
  components: ComponentFacts[];
  releases: ReleaseDocument[];
  /** Of each stage, the components whose release has nothing to do there. */
  runs: string[][];
}

/** Finds out what a promotion comes to. Asks for no permission but to see the components. */
export class PromotionPlanner {
  constructor(
    private readonly options: {
      catalog: CatalogReader;
      documents: GateDocuments;
      deployments: DeploymentStore;
      releases: ReleaseStore;
      rollouts: RolloutStore;
    },
  ) {}

  /** Throws `FieldError` for what cannot be promoted, or not together. */
  async plan(
    { items, toStage }: StartPromotionRequest,
    credentials: BackstageCredentials,
  ): Promise<PlannedPromotion> {
    const candidates = await this.candidates(items, credentials);
    const pipeline = await this.pipeline(candidates);
    const wanted = stagesTo(pipeline, toStage);
    return this.through(pipeline, wanted, candidates, credentials);
  }

  /** The same for stages that have been chosen already, each of which it must get to. */
  async through(
    pipeline: GatePipeline,
    wanted: ChosenStage[],
    candidates: Candidate[],
    credentials: BackstageCredentials,
  ): Promise<PlannedPromotion> {
    const order = orderByDependency(
      candidates.map(({ component, release }) => ({
        ref: component.ref,
        dependsOn: component.dependsOn,
        component,
        release,
      })),
    );
    if ('circle' in order)
      throw new FieldError([
        {
          pointer: '/items',
          detail: `depend on each other, so that none can go first: ${order.circle.join(' → ')}`,
        },
      ]);
    const stages = await this.stages(pipeline, wanted, credentials);
    return {
      pipeline: {
        name: pipeline.name,
        title: pipeline.title,
        digest: pipeline.digest,
      },
      items: order.ordered.map(({ item: { component, release }, after }) => ({
        componentRef: component.ref,
        componentTitle: component.title,
        release: releaseSummary(release),
        after,
      })),
      components: candidates.map(({ component }) => component),
      releases: candidates.map(({ release }) => release),
      stages,
      runs: await Promise.all(
        stages.map(stage => this.runsThere(stage, candidates)),
      ),
    };
  }

  private async candidates(
    items: StartPromotionRequest['items'],
    credentials: BackstageCredentials,
  ): Promise<Candidate[]> {
    const { catalog, releases } = this.options;
    const refs = items.map(({ componentRef }) => canonicalRef(componentRef));
    const components = new Map(
      (await catalog.components(refs, credentials)).map(component => [
        component.ref,
        component,
      ]),
    );
    const problems: FieldProblem[] = [];
    const candidates: Candidate[] = [];
    for (const [index, { releaseId }] of items.entries()) {
      const ref = refs[index];
      const at = `/items/${index}`;
      const component = components.get(ref);
      const release = await releases.get(releaseId);
      if (refs.indexOf(ref) !== index)
        problems.push({
          pointer: `${at}/componentRef`,
          detail: `${ref} stands in the list twice`,
        });
      else if (!component)
        problems.push({
          pointer: `${at}/componentRef`,
          detail: `there is no component ${ref} in the catalog`,
        });
      else if (release?.componentRef !== ref)
        problems.push({
          pointer: `${at}/releaseId`,
          detail: `${component.title} has no release '${releaseId}'`,
        });
      else candidates.push({ component, release });
    }
    if (problems.length) throw new FieldError(problems);
    return candidates;
  }

  /** The one that serves all of them. */
  private async pipeline(candidates: Candidate[]): Promise<GatePipeline> {
    let shared: GatePipeline | undefined;
    for (const [index, { component }] of candidates.entries()) {
      const pipeline = await this.options.documents.pipelineFor(component);
      const refuse = (detail: string) =>
        new FieldError([{ pointer: `/items/${index}/componentRef`, detail }]);
      if (!pipeline)
        throw refuse(
          `no pipeline serves ${component.title}; see delivery.pipelines in the portal's configuration`,
        );
      shared ??= pipeline;
      if (
        pipeline.name !== shared.name ||
        pipeline.componentRef !== shared.componentRef
      )
        throw refuse(
          `${component.title} goes through pipeline ${pipeline.title}, and ${candidates[0].component.title} through ${shared.title}; what is promoted together goes through the same`,
        );
    }
    if (!shared)
      throw new FieldError([{ pointer: '/items', detail: 'is empty' }]);
    return shared;
  }

  private async stages(
    pipeline: GatePipeline,
    wanted: ChosenStage[],
    credentials: BackstageCredentials,
  ): Promise<StageRequest[]> {
    const environments = new Map(
      (await this.options.catalog.environments(credentials)).map(
        environment => [environment.ref, environment],
      ),
    );
    const names = new Set(wanted.map(({ name }) => name));
    return wanted.map(({ name, isGoal }) => {
      const stage = pipeline.stages.find(each => each.name === name);
      const environment = stage && environments.get(stage.environment);
      if (!stage || !environment)
        throw new ConflictError(
          `Stage ${name} of pipeline ${pipeline.title} is in an environment that is not in the catalog`,
        );
      return {
        name,
        title: stage.title ?? name,
        environmentRef: environment.ref,
        environmentName: environment.name,
        tier: environment.tier,
        needs: (stage.needs ?? []).filter(need => names.has(need)),
        onFailure: stage.onFailure ?? 'rollback',
        ...(stage.timeout !== undefined && {
          timeoutMs: durationMs(stage.timeout),
        }),
        isGoal,
      };
    });
  }

  private async runsThere(
    { environmentRef, isGoal }: StageRequest,
    candidates: Candidate[],
  ): Promise<string[]> {
    const { deployments, rollouts } = this.options;
    const runs: string[] = [];
    for (const { component, release } of candidates) {
      const key = { componentRef: component.ref, environmentRef };
      const deployment = await deployments.get(key);
      const isThere =
        deployment?.release?.releaseId === release.id &&
        deployment.health !== 'stopped';
      const ran = await rollouts.lastRun({ ...key, releaseId: release.id });
      const hasBeen = ran.since !== undefined && !ran.wasRolledBack;
      if (isThere || (hasBeen && !isGoal)) runs.push(component.ref);
    }
    return runs;
  }
}

/** Throws `FieldError` naming the releases that are rejected. Asked after permissions: it is news of a release. */
export function assertNotRejected({ releases }: PlannedPromotion): void {
  const problems = releases.flatMap(({ rejection, version }, index) =>
    rejection
      ? [
          {
            pointer: `/items/${index}/releaseId`,
            detail: `${version} was rejected by ${rejection.by}: ${rejection.reason}`,
          },
        ]
      : [],
  );
  if (problems.length) throw new FieldError(problems);
}

/** What the API shows of it. */
export function planView({
  pipeline,
  items,
  stages,
  runs,
}: PlannedPromotion): PromotionPlan {
  return {
    pipeline,
    items,
    stages: stages.map(
      ({ isGoal: _isGoal, timeoutMs: _timeoutMs, ...stage }, index) => ({
        ...stage,
        runs: runs[index],
      }),
    ),
  };
}

interface ChosenStage {
  name: string;
  isGoal: boolean;
}

/** A stage with all that it needs, or all of them; each after those that it needs. */
function stagesTo(
  { stages, title }: GatePipeline,
  toStage: string | undefined,
): ChosenStage[] {
  const needs = new Map(stages.map(({ name, needs: of }) => [name, of ?? []]));
  if (toStage !== undefined && !needs.has(toStage))
    throw new FieldError([
      {
        pointer: '/toStage',
        detail: `pipeline ${title} has no stage '${toStage}', only ${[...needs.keys()].join(', ')}`,
      },
    ]);
  const needed = new Set([...needs.values()].flat());
  const goals = toStage
    ? [toStage]
    : [...needs.keys()].filter(name => !needed.has(name));
  const chosen: string[] = [];
  const choose = (name: string) => {
    if (chosen.includes(name)) return;
    needs.get(name)?.forEach(choose);
    chosen.push(name);
  };
  goals.forEach(choose);
  return chosen.map(name => ({ name, isGoal: goals.includes(name) }));
}
