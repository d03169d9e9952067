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

/** Whether a role counts for a caller, directly or through any group above the caller's own. */
export function isMember(role: Role, caller: Caller): boolean {
  return role.members.some(
    member =>
      member === '*' ||
      member === caller.userEntityRef ||
      caller.ownershipEntityRefs.includes(member) ||
      caller.ancestorGroupRefs.includes(member),
  );
}
