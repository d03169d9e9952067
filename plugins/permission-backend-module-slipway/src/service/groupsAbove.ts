import type { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_CHILD_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Groups above one another are followed this far: deeper organisations do not exist, cycles do. */
const MAX_DEPTH = 20;

/** References asked for at once: a request body stays small. */
const REFS_A_REQUEST = 500;

/** The groups directly above a group, by reference. */
export type GroupParents = ReadonlyMap<string, readonly string[]>;

/** Reads the groups above those among `refs`, level by level. Throws what the catalog throws. */
export async function readGroupParents(
  refs: Iterable<string>,
  { catalog, auth }: { catalog: CatalogService; auth: AuthService },
): Promise<GroupParents> {
  const parents = new Map<string, string[]>();
  let level = [...new Set(refs)].filter(isGroup);
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth++) {
    for (let at = 0; at < level.length; at += REFS_A_REQUEST) {
      const entityRefs = level.slice(at, at + REFS_A_REQUEST);
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs, fields: ['kind', 'metadata', 'relations'] },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      entityRefs.forEach((ref, index) =>
        parents.set(ref, parentsOf(items[index])),
      );
    }
    level = [...new Set(level.flatMap(ref => parents.get(ref) ?? []))].filter(
      ref => !parents.has(ref),
    );
  }
  return parents;
}

/** The groups above those among `refs`, without `refs` themselves, nearest first. */
export function groupsAbove(
  refs: readonly string[],
  parents: GroupParents,
): string[] {
  const seen = new Set(refs);
  const above: string[] = [];
  let level = refs;
  while (level.length > 0) {
    level = [...new Set(level.flatMap(ref => parents.get(ref) ?? []))].filter(
      ref => !seen.has(ref),
    );
    for (const ref of level) seen.add(ref);
    above.push(...level);
  }
  return above;
}

/** A reference in its full, lower-case spelling. Throws `TypeError` when it is none. */
export function normaliseRef(ref: string): string {
  return stringifyEntityRef(parseEntityRef(ref));
}

export function isGroup(ref: string): boolean {
  return ref.startsWith('group:');
}

function parentsOf(group: Entity | undefined): string[] {
  return (group?.relations ?? [])
    .filter(relation => relation.type === RELATION_CHILD_OF)
    .map(relation => normaliseRef(relation.targetRef))
    .filter(isGroup);
}
