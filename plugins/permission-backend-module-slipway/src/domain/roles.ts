/** The environment tiers that a grant may be limited to. */
export const TIERS = ['development', 'staging', 'production'] as const;

type Tier = (typeof TIERS)[number];

/** What must hold of a resource before a grant counts. All that is given must hold. */
export interface GrantCondition {
  /** The caller, or a group that the caller belongs to, owns the resource. */
  owner?: true;
  /** The environment that the resource is in has one of these tiers. */
  tiers?: readonly Tier[];
}

export interface Grant {
  /** Permission names, exact (`catalog.entity.read`) or with `*` for any run of characters (`delivery.*.read`). */
  permissions: readonly string[];
  /** Without it the grant holds for every resource. */
  when?: GrantCondition;
}

export interface Role {
  name: string;
  /** What people read. */
  title: string;
  /** One sentence on what the role is for. */
  description?: string;
  /** Full lower-case entity references of users and groups, or `*` for everybody signed in. */
  members: readonly string[];
  allow: readonly Grant[];
}

/** The person who asks. All references are full and in lower case. */
export interface Caller {
  userEntityRef: string;
  /** The user and the groups through which the user owns entities, as sign-in resolved them. */
  ownershipEntityRefs: readonly string[];
  /** Groups above those in `ownershipEntityRefs`: they make the user a member of roles, but not an owner. */
  ancestorGroupRefs: readonly string[];
}

/**
 * The member of a role that makes a caller one, or undefined if the role does not count for them. Groups above
 * the caller's own count. Of several members the nearest is named: the caller, a group, a group above, `*`.
 */
export function membershipOf(role: Role, caller: Caller): string | undefined {
  return [
    caller.userEntityRef,
    ...caller.ownershipEntityRefs,
    ...caller.ancestorGroupRefs,
    '*',
  ].find(ref => role.members.includes(ref));
}
