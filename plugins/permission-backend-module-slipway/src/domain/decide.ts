import { translateCondition, type TranslatedCondition } from './conditions';
import { globMatches } from './permissionGlob';
import {
  membershipOf,
  type Caller,
  type GrantCondition,
  type Role,
} from './roles';

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

/**
 * A grant that names the permission. It counts always without `when`, for some resources with `condition`, and never
 * if it has a `when` without a `condition`: then its condition cannot be asked of what the permission is about.
 */
export interface NamingGrant extends GrantSource {
  when?: GrantCondition;
  condition?: TranslatedCondition;
}

/** A grant of a role that the caller has. */
interface HeldGrant extends NamingGrant {
  /** The member of the role that makes the caller one. */
  through: string;
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
  /** Every grant of the caller's roles that names the permission, also those that did not matter. */
  naming: HeldGrant[];
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
  const naming = roles.flatMap(role => {
    const through = membershipOf(role, caller);
    return through === undefined
      ? []
      : grantsNaming(role, permission, caller).map(grant => ({
          ...grant,
          through,
        }));
  });

  const unconditional = naming.find(({ when }) => !when);
  if (unconditional) {
    return { result: 'allow', because: sourceOf(unconditional), naming };
  }
  const conditional = naming.flatMap(grant =>
    grant.condition ? [{ grant, condition: grant.condition }] : [],
  );
  if (conditional.length > 0) {
    return {
      result: 'conditional',
      anyOf: conditional.map(({ condition }) => condition),
      because: conditional.map(({ grant }) => sourceOf(grant)),
      naming,
    };
  }
  return { result: 'deny', naming };
}

/** The grants of one role that name a permission, as they would count for a caller who has the role. */
export function grantsNaming(
  role: Role,
  permission: AskedPermission,
  caller: Caller,
): NamingGrant[] {
  return role.allow.flatMap(({ permissions, when }, grant) => {
    if (!permissions.some(glob => globMatches(glob, permission.name))) {
      return [];
    }
    const condition =
      when && translateCondition(when, permission.resourceType, caller);
    return [
      {
        role: role.name,
        grant,
        ...(when && { when }),
        ...(condition && { condition }),
      },
    ];
  });
}

/** Whether a grant's condition cannot be asked of what the permission is about, so that it never counts. */
export function isUnanswerable({ when, condition }: NamingGrant): boolean {
  return when !== undefined && condition === undefined;
}

function sourceOf({ role, grant }: GrantSource): GrantSource {
  return { role, grant };
}
