import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';

/** A role of the Slipway permission policy, as far as the sign-in page shows it. */
export interface RoleTitle {
  title: string;
  /** Full lower-case references of users and groups, or `*`. */
  members: readonly string[];
}

/**
 * Reads the titles of the roles under `permission.slipway.roles`, so that the sign-in page can say what a
 * person may do. Only a description: the policy module is what validates and enforces them, and a portal
 * without that module has none.
 */
export function readRoleTitles(config: Config): RoleTitle[] {
  return (
    config.getOptionalConfigArray('permission.slipway.roles')?.map(role => ({
      title: role.getOptionalString('title') ?? role.getString('name'),
      members: role
        .getStringArray('members')
        .map(member =>
          member === '*' ? member : stringifyEntityRef(parseEntityRef(member)),
        ),
    })) ?? []
  );
}

/** The titles of the roles that any of a person's references is a member of, in the order of the config. */
export function titlesFor(
  roles: readonly RoleTitle[],
  refs: ReadonlySet<string>,
): string[] {
  return roles
    .filter(role =>
      role.members.some(member => member === '*' || refs.has(member)),
    )
    .map(role => role.title);
}
