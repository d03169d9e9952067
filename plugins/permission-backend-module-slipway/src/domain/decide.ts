import { translateCondition, type TranslatedCondition } from './conditions';
import { globMatches } from './permissionGlob';
import { isMember, type Caller, type Role } from './roles';

/** The permission that is asked for. `resourceType` is missing for permissions that are about no resource. */
export interface AskedPermission {
  name: string;
  resourceType?: string;
}

/** Where in the config a decision comes from. */
export interface GrantSource {
  role: string;
  /** Position in the role's `allow` list, from 0. */
  grant: number;
}

export type Decision = (
  | { result: 'allow'; because: GrantSource }
  /** Allowed for the resources that satisfy at least one of `anyOf`. Never empty. */
  | {
      result: 'conditional';
      anyOf: TranslatedCondition[];
      because: GrantSource[];
    }
  | { result: 'deny' }
) & {
  /** Grants that name this permission but whose condition cannot be asked of its resources, so they did not count. */
  unanswerable: GrantSource[];
};

/**
 * What the roles say about a caller and a permission: deny unless a grant says otherwise; a grant
 * without a condition wins over those with one; several with one add up.
 */
export function decide(
  roles: readonly Role[],
  permission: AskedPermission,
  caller: Caller,
): Decision {
  const anyOf: TranslatedCondition[] = [];
  const because: GrantSource[] = [];
  const unanswerable: GrantSource[] = [];
  let unconditional: GrantSource | undefined;

  for (const role of roles.filter(candidate => isMember(candidate, caller))) {
    for (const [index, grant] of role.allow.entries()) {
      if (!grant.permissions.some(glob => globMatches(glob, permission.name))) {
        continue;
      }
      const source = { role: role.name, grant: index };
      if (!grant.when) {
        unconditional ??= source;
        continue;
      }
      const condition = translateCondition(
        grant.when,
        permission.resourceType,
        caller,
      );
      if (condition) {
        anyOf.push(condition);
        because.push(source);
      } else {
        unanswerable.push(source);
      }
    }
  }

  if (unconditional) {
    return { result: 'allow', because: unconditional, unanswerable };
  }
  if (anyOf.length > 0) {
    return { result: 'conditional', anyOf, because, unanswerable };
  }
  return { result: 'deny', unanswerable };
}
