import type { AuthService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { PipelineFacts } from '../domain/pipeline/PipelineFacts';

/** The environments, groups and users of the catalog, with the plugin's own rights. */
export async function readPipelineFacts(options: {
  catalog: CatalogService;
  auth: AuthService;
}): Promise<PipelineFacts> {
  const { items } = await options.catalog.getEntities(
    {
      filter: [
        { kind: 'Resource', 'spec.type': 'environment' },
        { kind: ['Group', 'User'] },
      ],
      fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
    },
    { credentials: await options.auth.getOwnServiceCredentials() },
  );
  const groups = new Map(
    ofKind(items, 'Group').map(group => [stringifyEntityRef(group), group]),
  );
  return {
    environments: new Set(ofKind(items, 'Resource').map(stringifyEntityRef)),
    users: new Set(ofKind(items, 'User').map(stringifyEntityRef)),
    members: new Map(
      [...groups.keys()].map(group => [group, membersOf(group, groups)]),
    ),
  };
}

function ofKind(entities: Entity[], kind: string): Entity[] {
  return entities.filter(entity => entity.kind === kind);
}

/** Those of the groups below it too. */
function membersOf(
  group: string,
  groups: ReadonlyMap<string, Entity>,
): string[] {
  const members = new Set<string>();
  const seen = new Set<string>();
  const next = [group];
  for (let ref = next.pop(); ref !== undefined; ref = next.pop()) {
    if (seen.has(ref)) continue;
    seen.add(ref);
    for (const { type, targetRef } of groups.get(ref)?.relations ?? []) {
      if (type === RELATION_PARENT_OF) next.push(targetRef);
      if (
        type === RELATION_HAS_MEMBER &&
        parseEntityRef(targetRef).kind === 'user'
      )
        members.add(targetRef);
    }
  }
  return [...members];
}
