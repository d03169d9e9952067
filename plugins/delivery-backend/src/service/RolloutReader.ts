import { NotFoundError } from '@backstage/errors';
import {
  type LogLine,
  type Rollout,
  type RolloutEvent,
  rolloutReadPermission,
} from '@slipway/backstage-plugin-delivery-common';
import {
  askVendor,
  type Authorizer,
  type Caller,
  FieldError,
  type PageOf,
  type VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import type { Engine } from '@slipway/workflow-engine';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
} from '../catalog/CatalogReader';
import type { ApprovalStore } from '../database/ApprovalStore';
import type { RolloutStore, StoredRollout } from '../database/RolloutStore';
import type { RolloutDomainEvent } from '../domain/rollout/events';
import type { RolloutState } from '../domain/rollout/state';
import type { RolloutDocument } from '../domain/rollout/view';
import type { DeliveryRegistry } from '../registry/DeliveryRegistry';
import { rolloutEventView } from './rolloutEventView';
import { allowedRolloutActions } from './rolloutPermissions';

const logsTimeoutMs = 15_000;

/** Shows rollouts. */
export class RolloutReader {
  constructor(
    private readonly options: {
      engine: Engine;
      store: RolloutStore;
      approvals: ApprovalStore;
      catalog: CatalogReader;
      registry: DeliveryRegistry;
      authorizer: Authorizer;
      visibleComponents: VisibleComponents<ComponentFacts>;
    },
  ) {}

  async get(id: string, caller: Caller): Promise<Rollout> {
    await this.visible(id, caller);
    return this.shown(id, caller);
  }

  /**
   * The answer to somebody who has just changed the rollout. That was allowed, so no other permission is asked for:
   * a refusal now would say that nothing happened.
   */
  async shown(id: string, caller: Caller): Promise<Rollout> {
    const stored = await this.stored(id);
    const component = await this.options.catalog.component(
      stored.rollout.componentRef,
      caller.credentials,
    );
    const [rollout] = await this.show([stored], () => component, caller);
    return rollout;
  }

  /** In the same order. The permission framework is asked once for all. */
  async show(
    rollouts: StoredRollout[],
    componentOf: (ref: string) => ComponentFacts | undefined,
    caller: Caller,
  ): Promise<Rollout[]> {
    return this.withActions(rollouts, componentOf, await this.actions(caller));
  }

  private actions(caller: Caller) {
    return allowedRolloutActions(this.options.authorizer, caller.credentials);
  }

  private async withActions(
    rollouts: StoredRollout[],
    componentOf: (ref: string) => ComponentFacts | undefined,
    actionsOf: Awaited<ReturnType<typeof allowedRolloutActions>>,
  ): Promise<Rollout[]> {
    const shown = await this.reviewed(rollouts.map(({ rollout }) => rollout));
    return rollouts.map((stored, index) => ({
      ...shown[index],
      allowedActions: actionsOf(
        stored,
        componentOf(stored.rollout.componentRef)?.ownerRef,
      ),
    }));
  }

  /** What was said afterwards where somebody broke the glass. */
  private async reviewed(
    rollouts: RolloutDocument[],
  ): Promise<RolloutDocument[]> {
    const broken = rollouts.filter(({ gates }) => gates?.breakGlass);
    const reviews = await this.options.approvals.reviews(
      broken.map(({ id }) => id),
    );
    return rollouts.map(rollout => {
      const review = reviews.get(rollout.id);
      const { gates } = rollout;
      return review && gates?.breakGlass
        ? {
            ...rollout,
            gates: { ...gates, breakGlass: { ...gates.breakGlass, review } },
          }
        : rollout;
    });
  }

  /** Throws `NotFoundError`. Asks for no permission. */
  async stored(id: string): Promise<StoredRollout> {
    const stored = await this.options.store.get(id);
    if (!stored) throw new NotFoundError(`There is no rollout '${id}'`);
    return stored;
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
    const { authorizer, store, visibleComponents } = this.options;
    const filter = {
      ...query,
      environmentRef:
        query.environmentRef && canonicalRef(query.environmentRef),
    };
    const [{ page, components }, actionsOf] = await Promise.all([
      visibleComponents.page(
        {
          componentRef: query.componentRef && canonicalRef(query.componentRef),
          credentials: caller.credentials,
        },
        async scope => {
          const found = await store.list({ ...filter, scope });
          return {
            ...found,
            items: found.items.map(stored => ({
              componentRef: stored.rollout.componentRef,
              stored,
            })),
          };
        },
      ),
      this.actions(caller),
      authorizer.require(rolloutReadPermission, caller.credentials),
    ]);
    return {
      ...page,
      items: await this.withActions(
        page.items.map(({ stored }) => stored),
        ref => components.get(ref),
        actionsOf,
      ),
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
    const runtime = this.options.registry.getRuntime(target.runtime);
    return askVendor(runtime.title, () =>
      runtime.logs(
        target,
        { releaseId, tail: query.tail },
        {
          signal: AbortSignal.timeout(logsTimeoutMs),
          idempotencyKey: `${id}/logs`,
        },
      ),
    );
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
}
