import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { JsonObject } from '@backstage/types';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import type {
  ScalingComponent,
  ScalingEnvironment,
} from '@slipway/backstage-plugin-scaling-node';

/** A component, as far as scaling cares. */
export interface ComponentFacts extends ScalingComponent {
  title: string;
  ownerRef?: string;
}

/** An environment with what its provider needs. */
export interface EnvironmentFacts extends ScalingEnvironment {
  tier: ScalingTarget['tier'];
  runtime: string;
}

const tiers: ScalingTarget['tier'][] = ['development', 'staging', 'production'];
const componentFields = ['kind', 'metadata'];
const withOwner = [...componentFields, 'relations'];

/** Reads components and environments with the rights of whoever asks. */
export class CatalogReader {
  constructor(private readonly catalog: CatalogService) {}

  async environments(
    credentials: BackstageCredentials,
  ): Promise<EnvironmentFacts[]> {
    const { items } = await this.catalog.getEntities(
      { filter: { kind: 'Resource', 'spec.type': 'environment' } },
      { credentials },
    );
    return items.map(environmentFacts);
  }

  async environment(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentFacts | undefined> {
    const entity = await this.catalog.getEntityByRef(ref, { credentials });
    return entity?.kind === 'Resource' && entity.spec?.type === 'environment'
      ? environmentFacts(entity)
      : undefined;
  }

  /** All components of the catalog, without their owners. */
  async allComponents(
    credentials: BackstageCredentials,
  ): Promise<ComponentFacts[]> {
    const { items } = await this.catalog.getEntities(
      { filter: { kind: 'Component' }, fields: componentFields },
      { credentials },
    );
    return items.map(componentFacts);
  }

  /** Those of the components that the caller may see. */
  async components(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<ComponentFacts[]> {
    if (!refs.length) return [];
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: withOwner },
      { credentials },
    );
    return items.flatMap(entity => (entity ? [componentFacts(entity)] : []));
  }

  /** Which of the references the catalog shows to the caller. */
  async visible(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    return new Set(
      (await this.components(refs, credentials)).map(({ ref }) => ref),
    );
  }
}

/** The one spelling that is stored. */
export function canonicalRef(ref: string): string {
  return stringifyEntityRef(parseEntityRef(ref));
}

function environmentFacts(entity: Entity): EnvironmentFacts {
  const spec: JsonObject = entity.spec ?? {};
  return {
    ref: stringifyEntityRef(entity),
    name: entity.metadata.name,
    runtime: typeof spec.runtime === 'string' ? spec.runtime : '',
    // What is not said is held to the strictest rules.
    tier: tiers.find(known => known === spec.tier) ?? 'production',
    settings: isObject(spec.target) ? spec.target : {},
  };
}

function componentFacts(entity: Entity): ComponentFacts {
  const ownerRef = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  return {
    ref: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    ...(ownerRef && { ownerRef }),
    annotations: entity.metadata.annotations ?? {},
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
