import type { AuthService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  pipelineReadPermission,
  type Promotion,
  type PromotionAction,
  type PromotionPlan,
  rolloutCreatePermission,
  type RolloutEvent,
  rolloutReadPermission,
  type StartPromotionRequest,
} from '@slipway/backstage-plugin-delivery-common';
import {
  actorOf,
  type Authorizer,
  type Caller,
  type Mutations,
  type PageOf,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
} from '../../catalog/CatalogReader';
import type {
  PromotionStore,
  StoredPromotion,
} from '../../database/PromotionStore';
import type { PromotionCommand } from '../../domain/promotion/commands';
import { describe } from '../../domain/promotion/describe';
import type { PromotionEvent } from '../../domain/promotion/events';
import { PROMOTION_WORKFLOW } from '../../domain/promotion/promotionWorkflow';
import type { PromotionRequest } from '../../domain/promotion/state';
import { publicData } from '../rolloutEventView';
import {
  assertNotRejected,
  type PlannedPromotion,
  planView,
  type PromotionPlanner,
} from './PromotionPlanner';
import {
  allowedPromotionActions,
  promotionPermissionOf,
  targetsOf,
} from './promotionPermissions';

/** Starts, steers and shows promotions. */
export class PromotionService {
  constructor(
    private readonly options: {
      auth: AuthService;
      authorizer: Authorizer;
      catalog: CatalogReader;
      engine: Engine;
      mutations: Mutations;
      planner: PromotionPlanner;
      store: PromotionStore;
    },
  ) {}

  /** What a promotion would do. Changes nothing. */
  async plan(
    request: StartPromotionRequest,
    { credentials }: Caller,
  ): Promise<PromotionPlan> {
    const { authorizer, planner } = this.options;
    await authorizer.require(pipelineReadPermission, credentials);
    const planned = await planner.plan(request, credentials);
    assertNotRejected(planned);
    return planView(planned);
  }

  async start(
    request: StartPromotionRequest,
    caller: Caller,
  ): Promise<{ promotion: Promotion; existed: boolean }> {
    const { authorizer, mutations, planner } = this.options;
    return mutations.audited(
      caller,
      {
        eventId: 'promotion-start',
        severityLevel: 'high',
        meta: {
          items: request.items.map(({ componentRef, releaseId }) => ({
            componentRef,
            releaseId,
          })),
          ...(request.toStage && { toStage: request.toStage }),
        },
      },
      async () => {
        const planned = await planner.plan(request, caller.credentials);
        await authorizer.requireForEach(
          rolloutCreatePermission,
          planned.stages.flatMap(({ environmentName, tier }) =>
            planned.components.map(({ ownerRef, title }) => ({
              target: { ownerRef, tier },
              what: `deploy ${title} to ${environmentName}`,
            })),
          ),
          caller.credentials,
        );
        const operation = { name: 'promotion.start', request };
        const { resultId, replayed } = await mutations.idempotent(
          caller,
          operation,
          async () => {
            assertNotRejected(planned);
            assertSomethingToDo(planned);
            return mutations.once(caller, operation, async tx => {
              for (const { componentRef, release } of planned.items)
                await this.supersede(componentRef, caller, tx, {
                  by: `what ${actorOf(caller).id} promotes`,
                  releaseId: release.id,
                });
              return this.begin(tx, caller, {
                ...partsOf(planned),
                trigger: 'person',
                requestedBy: actorOf(caller).id,
                ...(request.reason && { reason: request.reason }),
              });
            });
          },
        );
        return {
          promotion: await this.shown(resultId, caller),
          existed: replayed,
        };
      },
    );
  }

  /**
   * Starts what a pipeline promotes by itself, once for each release and first stage. What goes the same way by itself
   * with an older release ends.
   */
  async startAutomatically(
    planned: PlannedPromotion,
    reason: string,
  ): Promise<void> {
    const { auth, mutations } = this.options;
    const [{ componentRef, release }] = planned.items;
    const caller: Caller = {
      credentials: await auth.getOwnServiceCredentials(),
      idempotencyKey: `${release.id}:${planned.stages[0].name}`,
    };
    await mutations.audited(
      caller,
      {
        eventId: 'promotion-start',
        severityLevel: 'high',
        meta: { items: [{ componentRef, releaseId: release.id }], reason },
      },
      () =>
        mutations.once(
          caller,
          { name: 'promotion.automatic', request: { releaseId: release.id } },
          async tx => {
            await this.supersede(componentRef, caller, tx, {
              by: release.version,
            });
            return this.begin(tx, caller, {
              ...partsOf(planned),
              trigger: 'automation',
              requestedBy: actorOf(caller).id,
              reason,
            });
          },
        ),
    );
  }

  async get(id: string, caller: Caller): Promise<Promotion> {
    await this.visible(id, caller);
    return this.shown(id, caller);
  }

  /** What happened, oldest first. */
  async events(
    id: string,
    query: { afterVersion: number; limit: number },
    caller: Caller,
  ): Promise<RolloutEvent[]> {
    const { stored } = await this.visible(id, caller);
    const events = await this.options.engine.history<PromotionEvent>(id, query);
    return events.map(event => ({
      id: event.id,
      version: event.version,
      type: event.type,
      at: event.at,
      actor: event.actor.id,
      summary: describe(event.data, stored.promotion),
      data: publicData(event.data),
    }));
  }

  async list(
    query: {
      componentRef?: string;
      active?: boolean;
      cursor?: string;
      limit: number;
    },
    caller: Caller,
  ): Promise<PageOf<Promotion>> {
    const { authorizer, catalog, store } = this.options;
    await authorizer.require(rolloutReadPermission, caller.credentials);
    const components = await catalog.components(
      await store.componentRefs(),
      caller.credentials,
    );
    const page = await store.list({
      ...query,
      componentRef: query.componentRef && canonicalRef(query.componentRef),
      descending: true,
      componentRefs: components.map(({ ref }) => ref),
    });
    const actionsOf = await allowedPromotionActions(
      authorizer,
      caller.credentials,
    );
    const byRef = new Map(components.map(each => [each.ref, each]));
    return {
      ...page,
      items: page.items.map(stored => ({
        ...stored.promotion,
        allowedActions: actionsOf(stored, componentsOf(stored, byRef)),
      })),
    };
  }

  async act(
    id: string,
    action: PromotionAction,
    options: { reason?: string; expectedVersion?: number },
    caller: Caller,
  ): Promise<Promotion> {
    const { authorizer, engine, mutations } = this.options;
    const { reason, expectedVersion } = options;
    return mutations.audited(
      caller,
      {
        eventId: 'promotion-action',
        severityLevel: 'high',
        meta: { promotionId: id, action },
      },
      async () => {
        const { stored, components } = await this.visible(id, caller);
        const { stages } = stored.promotion;
        await authorizer.requireForEach(
          promotionPermissionOf[action],
          targetsOf(stages, components).map(target => ({
            target,
            what: `${action} this promotion`,
          })),
          caller.credentials,
        );
        await mutations.once(
          caller,
          { name: 'promotion.act', request: { id, action, reason } },
          async tx => {
            await engine.submit<PromotionCommand>({
              runId: id,
              command: { type: action, ...(reason && { reason }) },
              actor: actorOf(caller),
              expectedVersion,
              tx,
            });
            return id;
          },
        );
        return this.shown(id, caller);
      },
    );
  }

  /** Ends what goes on by itself with a component, or with one release of it. What has begun in a stage goes on. */
  private async supersede(
    componentRef: string,
    caller: Caller,
    tx: Knex.Transaction,
    { by, releaseId }: { by: string; releaseId?: string },
  ): Promise<void> {
    const { engine, store } = this.options;
    for (const { id, items, trigger } of await store.activeOf(componentRef, tx))
      if (
        trigger === 'automation' &&
        (!releaseId || items.some(({ release }) => release.id === releaseId))
      )
        await engine.submit<PromotionCommand>({
          runId: id,
          command: { type: 'supersede', by },
          actor: actorOf(caller),
          tx,
        });
  }

  private async begin(
    tx: Knex.Transaction,
    caller: Caller,
    request: PromotionRequest,
  ): Promise<string> {
    const id = randomUUID();
    await this.options.engine.startRun<PromotionCommand>({
      type: PROMOTION_WORKFLOW,
      id,
      command: { type: 'start', request },
      actor: actorOf(caller),
      tx,
    });
    return id;
  }

  private async stored(id: string): Promise<StoredPromotion> {
    const stored = await this.options.store.get(id);
    if (!stored) throw new NotFoundError(`There is no promotion '${id}'`);
    return stored;
  }

  /** Throws `NotFoundError` unless the caller may see every component of it. */
  private async visible(
    id: string,
    caller: Caller,
  ): Promise<{ stored: StoredPromotion; components: ComponentFacts[] }> {
    const { authorizer, catalog } = this.options;
    await authorizer.require(rolloutReadPermission, caller.credentials);
    const stored = await this.stored(id);
    const { items } = stored.promotion;
    const components = await catalog.components(
      items.map(({ componentRef }) => componentRef),
      caller.credentials,
    );
    if (components.length < items.length)
      throw new NotFoundError(`There is no promotion '${id}'`);
    return { stored, components };
  }

  /** The answer to somebody who was allowed to see or change it. */
  private async shown(id: string, caller: Caller): Promise<Promotion> {
    const { authorizer, catalog } = this.options;
    const stored = await this.stored(id);
    const components = await catalog.components(
      stored.promotion.items.map(({ componentRef }) => componentRef),
      caller.credentials,
    );
    const actionsOf = await allowedPromotionActions(
      authorizer,
      caller.credentials,
    );
    return {
      ...stored.promotion,
      allowedActions: actionsOf(stored, components),
    };
  }
}

function componentsOf(
  { promotion }: StoredPromotion,
  byRef: ReadonlyMap<string, ComponentFacts>,
): Array<{ ownerRef?: string }> {
  return promotion.items.map(({ componentRef }) => ({
    ownerRef: byRef.get(componentRef)?.ownerRef,
  }));
}

function partsOf({ pipeline, items, stages }: PlannedPromotion) {
  return { pipeline, items, stages };
}

function assertSomethingToDo({ items, stages, runs }: PlannedPromotion): void {
  if (runs.every(there => there.length === items.length))
    throw new ConflictError(
      `Everything is through ${stages.map(({ title }) => title).join(', ')} already`,
    );
}
