import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  type ScalingChange,
  targetReadPermission,
} from '@slipway/backstage-plugin-scaling-common';
import {
  allowedUnless,
  type Authorizer,
  type Caller,
  type PageOf,
  refusal,
  type SortedQuery,
  type VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import {
  canonicalRef,
  type CatalogReader,
  type ComponentFacts,
} from '../catalog/CatalogReader';
import type { ChangeStore, StoredChange } from '../database/ChangeStore';
import { refusalToEnd } from '../domain/change/refusals';
import { permissionOf } from './changePermissions';

/** What changes there were and are, for those who may see their components. */
export class ChangeReader {
  constructor(
    private readonly options: {
      authorizer: Authorizer;
      catalog: CatalogReader;
      changes: ChangeStore;
      visibleComponents: VisibleComponents<ComponentFacts>;
    },
  ) {}

  async list(
    query: {
      componentRef?: string;
      environmentRef?: string;
      targetId?: string;
      active?: boolean;
    } & SortedQuery,
    caller: Caller,
  ): Promise<PageOf<ScalingChange>> {
    const { authorizer, changes, visibleComponents } = this.options;
    await authorizer.require(targetReadPermission, caller.credentials);
    const { componentRef, environmentRef, sort, ...filter } = query;
    const { page, components } = await visibleComponents.page(
      {
        credentials: caller.credentials,
        ...(componentRef && { componentRef: canonicalRef(componentRef) }),
      },
      async scope => {
        const found = await changes.list({
          ...filter,
          scope,
          descending: sort === '-createdAt',
          ...(environmentRef && {
            environmentRef: canonicalRef(environmentRef),
          }),
        });
        return {
          ...found,
          items: found.items.map(stored => ({
            stored,
            componentRef: stored.change.componentRef,
          })),
        };
      },
    );
    const show = await this.#show(caller.credentials);
    return {
      ...page,
      items: page.items.map(({ stored, componentRef: ref }) =>
        show(stored, components.get(ref)?.ownerRef),
      ),
    };
  }

  async get(id: string, caller: Caller): Promise<ScalingChange> {
    const { stored, component } = await this.visible(id, caller);
    return this.shown(stored, component, caller);
  }

  /** Throws `NotFoundError` for what there is not, or whose component the caller may not see. */
  async visible(
    id: string,
    caller: Caller,
  ): Promise<{ stored: StoredChange; component: ComponentFacts }> {
    const { authorizer, catalog, changes } = this.options;
    await authorizer.require(targetReadPermission, caller.credentials);
    const stored = await changes.get(id);
    const [component] = stored
      ? await catalog.components(
          [stored.change.componentRef],
          caller.credentials,
        )
      : [];
    if (!stored || !component)
      throw new NotFoundError(`There is no change '${id}'`);
    return { stored, component };
  }

  async shown(
    stored: StoredChange,
    { ownerRef }: ComponentFacts,
    { credentials }: Caller,
  ): Promise<ScalingChange> {
    return (await this.#show(credentials))(stored, ownerRef);
  }

  async #show(credentials: BackstageCredentials) {
    const kinds = Object.keys(permissionOf) as ScalingChange['kind'][];
    const checks = await this.options.authorizer.checks(
      kinds.map(kind => permissionOf[kind]),
      credentials,
    );
    return (
      { change, state }: StoredChange,
      ownerRef: string | undefined,
    ): ScalingChange => ({
      ...change,
      allowedActions: {
        end: allowedUnless(
          checks[kinds.indexOf(change.kind)]({ ownerRef, tier: change.tier })
            ? refusalToEnd(state, true)
            : refusal(permissionOf[change.kind]),
        ),
      },
    });
  }
}
