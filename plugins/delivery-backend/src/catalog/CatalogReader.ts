import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_DEPENDS_ON,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { JsonObject } from '@backstage/types';
import type {
  Environment,
  Tier,
} from '@slipway/backstage-plugin-delivery-common';
import type { SourceLocation } from '@slipway/backstage-plugin-delivery-node';
import { OWN_PIPELINE_ANNOTATION, PIPELINE_ANNOTATION } from './annotations';
import { sourceLocationOf } from './sourceLocationOf';

/** A component, as far as delivery cares. */
export interface ComponentFacts {
  ref: string;
  title: string;
  ownerRef?: string;
  systemRef?: string;
  /** The pipeline that it names itself. */
  pipelineName?: string;
  /** It names a document of its own. */
  hasOwnPipeline?: boolean;
  /** Where its sources are. */
  sourceLocation?: SourceLocation;
  /** Components that it needs. */
  dependsOn: string[];
}

/** An environment with what its runtime needs. */
export interface EnvironmentFacts extends Environment {
  settings: JsonObject;
}

const tiers: Tier[] = ['development', 'staging', 'production'];

/** Reads components and environments with the rights of whoever asks. */
export class CatalogReader {
  constructor(private readonly catalog: CatalogService) {}

  /** By order, then name. */
  async environments(
    credentials: BackstageCredentials,
  ): Promise<EnvironmentFacts[]> {
    const { items } = await this.catalog.getEntities(
      { filter: { kind: 'Resource', 'spec.type': 'environment' } },
      { credentials },
    );
    return items
      .map(environmentFacts)
      .sort((a, b) => a.order - b.order || a.name.localeCompare(b.name));
  }

  async environment(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentFacts | undefined> {
    return asEnvironment(
      await this.catalog.getEntityByRef(ref, { credentials }),
    );
  }

  async component(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<ComponentFacts | undefined> {
    return asComponent(await this.catalog.getEntityByRef(ref, { credentials }));
  }

  /** Both at once, which costs the catalog one request. */
  async target(
    refs: { componentRef: string; environmentRef: string },
    credentials: BackstageCredentials,
  ): Promise<{ component?: ComponentFacts; environment?: EnvironmentFacts }> {
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs: [refs.componentRef, refs.environmentRef] },
      { credentials },
    );
    return {
      component: asComponent(items[0]),
      environment: asEnvironment(items[1]),
    };
  }

  /** Every group that a user is in, nested ones too. */
  async groupsOf(
    userRef: string,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const groups = new Set<string>();
    let next = [userRef];
    while (next.length) {
      const { items } = await this.catalog.getEntitiesByRefs(
        { entityRefs: next, fields: ['kind', 'metadata', 'relations'] },
        { credentials },
      );
      const above = items.flatMap(entity =>
        (entity?.relations ?? [])
          .filter(({ type }) =>
            [RELATION_MEMBER_OF, RELATION_CHILD_OF].includes(type),
          )
          .map(({ targetRef }) => targetRef),
      );
      next = [...new Set(above)].filter(ref => !groups.has(ref));
      for (const ref of next) groups.add(ref);
    }
    return [...groups];
  }

  /** Those of the components that the caller may see. */
  async components(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<ComponentFacts[]> {
    if (!refs.length) return [];
    const { items } = await this.catalog.getEntitiesByRefs(
      {
        entityRefs: refs,
        fields: ['kind', 'metadata', 'spec', 'relations'],
      },
      { credentials },
    );
    return items.flatMap(entity => (entity ? [componentFacts(entity)] : []));
  }

  /** Which of the references the catalog shows to the caller, without reading more of them. */
  async visible(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    if (!refs.length) return new Set();
    const { items } = await this.catalog.getEntitiesByRefs(
      {
        entityRefs: refs,
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials },
    );
    return new Set(refs.filter((_, index) => items[index]));
  }
}

/** A reference in the one spelling that is stored. Throws `TypeError` when it is none. */
export function canonicalRef(ref: string): string {
  return stringifyEntityRef(parseEntityRef(ref));
}

function asComponent(entity: Entity | undefined): ComponentFacts | undefined {
  return entity?.kind === 'Component' ? componentFacts(entity) : undefined;
}

function asEnvironment(
  entity: Entity | undefined,
): EnvironmentFacts | undefined {
  return entity?.kind === 'Resource' && entity.spec?.type === 'environment'
    ? environmentFacts(entity)
    : undefined;
}

function componentFacts(entity: Entity): ComponentFacts {
  const relation = (type: string, kind: string) =>
    entity.relations?.find(
      ({ type: found, targetRef }) =>
        found === type && (!kind || parseEntityRef(targetRef).kind === kind),
    )?.targetRef;
  const ownerRef = relation(RELATION_OWNED_BY, '');
  const systemRef = relation(RELATION_PART_OF, 'system');
  const dependsOn = (entity.relations ?? [])
    .filter(
      ({ type, targetRef }) =>
        type === RELATION_DEPENDS_ON &&
        parseEntityRef(targetRef).kind === 'component',
    )
    .map(({ targetRef }) => targetRef);
  const pipelineName = entity.metadata.annotations?.[PIPELINE_ANNOTATION];
  const sourceLocation = sourceLocationOf(entity);
  return {
    ref: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    ...(ownerRef && { ownerRef }),
    ...(systemRef && { systemRef }),
    ...(pipelineName && { pipelineName }),
    ...(entity.metadata.annotations?.[OWN_PIPELINE_ANNOTATION] && {
      hasOwnPipeline: true,
    }),
    ...(sourceLocation && { sourceLocation }),
    dependsOn,
  };
}

function environmentFacts(entity: Entity): EnvironmentFacts {
  const spec: JsonObject = entity.spec ?? {};
  const ownerRef = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  const tier = tiers.find(known => known === spec.tier);
  const runtime = typeof spec.runtime === 'string' ? spec.runtime : '';
  const problem = environmentProblem(tier, runtime);
  return {
    ref: stringifyEntityRef(entity),
    name: entity.metadata.name,
    title: entity.metadata.title ?? entity.metadata.name,
    ...(entity.metadata.description && {
      description: entity.metadata.description,
    }),
    // What is not said is held to the strictest rules.
    tier: tier ?? 'production',
    order: typeof spec.order === 'number' ? spec.order : 1000,
    ...(ownerRef && { ownerRef }),
    runtime,
    settings: isObject(spec.target) ? spec.target : {},
    ...(problem && { problem }),
  };
}

function environmentProblem(
  tier: Tier | undefined,
  runtime: string,
): string | undefined {
  if (!tier) return `spec.tier must be one of ${tiers.join(', ')}`;
  return runtime ? undefined : 'spec.runtime must name a runtime';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
