import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  type ListScalingTargetsQuery,
  type ScalingEvent,
  type ScalingHistory,
  type ScalingSource,
  type ScalingTarget,
  targetReadPermission,
} from '@slipway/backstage-plugin-scaling-common';
import {
  type Caller,
  type PageOf,
  requirePermission,
  type VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
} from '../catalog/CatalogReader';
import type { HistoryStore } from '../database/HistoryStore';
import type { SourceStore } from '../database/SourceStore';
import type { TargetSort, TargetStore } from '../database/TargetStore';
import { stepFor } from '../domain/steps';

/** What is known of targets, for those who may see their components. */
export class TargetService {
  constructor(
    private readonly options: {
      catalog: CatalogReader;
      history: HistoryStore;
      now: () => number;
      permissions: PermissionsService;
      sources: SourceStore;
      targets: TargetStore;
      visibleComponents: VisibleComponents<ComponentFacts>;
    },
  ) {}

  async list(
    query: ListScalingTargetsQuery & { limit: number; sort: string },
    caller: Caller,
  ): Promise<PageOf<ScalingTarget>> {
    await this.#mayRead(caller);
    const { componentRef, environmentRef, sort, ...filter } = query;
    const descending = sort.startsWith('-');
    const { page } = await this.options.visibleComponents.page(
      {
        credentials: caller.credentials,
        ...(componentRef && { componentRef: canonicalRef(componentRef) }),
      },
      scope =>
        this.options.targets.list({
          ...filter,
          scope,
          descending,
          sort: (descending ? sort.slice(1) : sort) as TargetSort,
          ...(environmentRef && {
            environmentRef: canonicalRef(environmentRef),
          }),
        }),
    );
    return page;
  }

  async get(id: string, caller: Caller): Promise<ScalingTarget> {
    await this.#mayRead(caller);
    const target = await this.options.targets.get(id);
    const visible =
      target &&
      (await this.options.catalog.visible(
        [target.componentRef],
        caller.credentials,
      ));
    if (!target || !visible?.has(target.componentRef))
      throw new NotFoundError(`There is no scaling target '${id}'`);
    return target;
  }

  async history(
    id: string,
    { hours }: { hours: number },
    caller: Caller,
  ): Promise<ScalingHistory> {
    await this.get(id, caller);
    const stepSeconds = stepFor(hours);
    const since = new Date(this.options.now() - hours * 3_600_000);
    return {
      stepSeconds,
      samples: await this.options.history.samples(id, {
        stepSeconds,
        since: since.toISOString(),
      }),
    };
  }

  async events(id: string, caller: Caller): Promise<ScalingEvent[]> {
    await this.get(id, caller);
    return this.options.history.events(id);
  }

  /** Of environments that the caller may see. */
  async sources(caller: Caller): Promise<ScalingSource[]> {
    await this.#mayRead(caller);
    const { catalog, sources } = this.options;
    const visible = new Set(
      (await catalog.environments(caller.credentials)).map(({ ref }) => ref),
    );
    return (await sources.list()).filter(({ environmentRef }) =>
      visible.has(environmentRef),
    );
  }

  async #mayRead({ credentials }: Caller): Promise<void> {
    await requirePermission(
      this.options.permissions,
      targetReadPermission,
      credentials,
    );
  }
}
