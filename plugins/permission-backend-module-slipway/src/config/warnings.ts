import { conditionIsThinkable } from '../domain/conditions';
import type { Role } from '../domain/roles';

/**
 * Sentences about grants that can never count, because no resource of the permission's plugin can answer
 * their condition. Globs are not judged: what they cover is not known before it is asked for.
 */
export function grantsThatCannotCount(roles: readonly Role[]): string[] {
  return roles.flatMap(role =>
    role.allow.flatMap(({ permissions, when }, index) =>
      permissions
        .filter(
          name =>
            when && !name.includes('*') && !conditionIsThinkable(name, when),
        )
        .map(
          name =>
            `Role "${role.name}", allow[${index}]: the condition (${Object.keys(
              when ?? {},
            ).join(
              ' and ',
            )}) cannot be asked of the resources of ${name}, so this never grants it.`,
        ),
    ),
  );
}
