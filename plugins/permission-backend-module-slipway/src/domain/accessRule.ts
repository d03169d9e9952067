import type { AccessRule } from '@slipway/backstage-plugin-access-common';
import { partsOf } from './conditions';
import type { GrantSource } from './decide';
import type { Role } from './roles';
import { conditionText } from './words';

/** A grant as people read it. `resourceType` makes its conditions say what they are about. */
export function accessRule(
  roles: readonly Role[],
  { role: name, grant }: GrantSource,
  resourceType?: string,
): AccessRule {
  const index = roles.findIndex(role => role.name === name);
  const { title, allow } = roles[index];
  const { permissions, when } = allow[grant];
  return {
    role: name,
    roleTitle: title,
    permissions: [...permissions],
    conditions: when
      ? partsOf(when).map(part => conditionText(part, when, resourceType))
      : [],
    source: `permission.slipway.roles[${index}].allow[${grant}]`,
  };
}
