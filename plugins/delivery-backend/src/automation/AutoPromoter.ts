import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import type { PipelineStage } from '@slipway/backstage-plugin-delivery-common';
import type { Engine, RecordedEvent } from '@slipway/workflow-engine';
import type { CatalogReader, ComponentFacts } from '../catalog/CatalogReader';
import type { CursorStore } from '../database/CursorStore';
import type { DeploymentStore } from '../database/DeploymentStore';
import type { PromotionStore } from '../database/PromotionStore';
import type { ReleaseStore } from '../database/ReleaseStore';
import type { RolloutStore } from '../database/RolloutStore';
import type {
  ReleaseDocument,
  ReleaseEvent,
} from '../domain/release/releaseWorkflow';
import type { RolloutState } from '../domain/rollout/state';
import type { GateDocuments } from '../service/gates/GateDocuments';
import type { PromotionPlanner } from '../service/promotions/PromotionPlanner';
import type { PromotionService } from '../service/promotions/PromotionService';

/** Where nobody has read before, what is older than this was not waited for. */
const firstLookMs = 10 * 60_000;
const batch = 100;

/**
 * Starts promotions to stages that want releases by themselves, from the feed by cursor: a release is looked at when it
 * is recorded, and whenever it is through a stage.
 */
export class AutoPromoter {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      cursor: CursorStore;
      deployments: DeploymentStore;
      documents: GateDocuments;
      engine: Engine;
      logger: LoggerService;
      now: () => number;
      planner: PromotionPlanner;
      promotions: PromotionStore;
      releases: ReleaseStore;
      rollouts: RolloutStore;
      service: PromotionService;
    },
  ) {}

  /** Reads on from where the last call came to. */
  async run(): Promise<void> {
    const { cursor, engine, logger, now } = this.options;
    const isFirst = (await cursor.read()) === undefined;
    for (;;) {
      const feed = await engine.feed({
        after: await cursor.read(),
        limit: batch,
        types: ['release.created', 'rollout.succeeded'],
      });
      for (const event of feed.events) {
        const isOld = Date.parse(event.at) < now() - firstLookMs;
        try {
          if (!(isFirst && isOld)) await this.consider(event);
        } catch (error) {
          // What cannot be promoted is passed over; what could not be found out is tried again.
          logger.warn(`Automatic promotion after ${event.id}: ${error}`);
          if (!isForGood(error)) return;
        }
        await cursor.write(event.cursor);
      }
      if (!feed.events.length) await cursor.write(feed.cursor);
      if (!feed.more) return;
    }
  }

  private async consider(event: RecordedEvent): Promise<void> {
    const release = await this.releaseOf(event);
    if (!release || release.rejection) return;
    const { auth, catalog, documents, planner, service } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const component = await catalog.component(
      release.componentRef,
      credentials,
    );
    const pipeline = component && (await documents.pipelineFor(component));
    if (!component || !pipeline) return;
    const stages = await this.due(pipeline.stages, component, release);
    if (!stages.length) return;
    const planned = await planner.through(
      pipeline,
      stages.map(({ name }) => ({ name, isGoal: true })),
      [{ component, release }],
      credentials,
    );
    await service.startAutomatically(
      planned,
      `${pipeline.title} promotes to ${planned.stages.map(({ title }) => title).join(', ')} by itself`,
    );
  }

  private async releaseOf(
    event: RecordedEvent,
  ): Promise<ReleaseDocument | undefined> {
    const { engine, releases } = this.options;
    if (event.type === 'release.created') {
      const { release } = event.data as unknown as Extract<
        ReleaseEvent,
        { type: 'release.created' }
      >;
      return releases.get(release.id);
    }
    const run = await engine.read<RolloutState>(event.runId);
    // What somebody went back to is not on its way anywhere.
    if (run?.state.request.kind !== 'rollout') return undefined;
    return releases.get(run.state.request.release.releaseId);
  }

  /** Stages that the release goes to now, and those behind them that it then goes to by itself. */
  private async due(
    stages: PipelineStage[],
    component: ComponentFacts,
    release: ReleaseDocument,
  ): Promise<PipelineStage[]> {
    if (!stages.some(({ autoPromote }) => autoPromote)) return [];
    const { promotions, rollouts } = this.options;
    const active = (await promotions.activeOf(component.ref))
      .filter(({ items }) => items.some(item => item.release.id === release.id))
      .flatMap(promotion => promotion.stages.map(({ name }) => name));
    const through = new Set<string>();
    for (const { name, environment } of stages) {
      const ran = await rollouts.lastRun({
        componentRef: component.ref,
        environmentRef: environment,
        releaseId: release.id,
      });
      if (ran.since !== undefined && !ran.wasRolledBack) through.add(name);
    }
    const chosen: PipelineStage[] = [];
    let isGrowing = true;
    while (isGrowing) {
      isGrowing = false;
      for (const stage of stages) {
        const { name, needs = [], autoPromote } = stage;
        if (!autoPromote || through.has(name) || active.includes(name))
          continue;
        if (!needs.every(need => through.has(need))) continue;
        if (!(await this.isNewer(release, component, stage))) continue;
        chosen.push(stage);
        through.add(name);
        isGrowing = true;
      }
    }
    return chosen;
  }

  private async isNewer(
    release: ReleaseDocument,
    component: ComponentFacts,
    { environment }: PipelineStage,
  ): Promise<boolean> {
    const { deployments, releases } = this.options;
    const deployment = await deployments.get({
      componentRef: component.ref,
      environmentRef: environment,
    });
    if (!deployment?.release) return true;
    const present = await releases.get(deployment.release.releaseId);
    return !present || present.createdAt < release.createdAt;
  }
}

function isForGood(error: unknown): boolean {
  return error instanceof InputError || error instanceof ConflictError;
}
