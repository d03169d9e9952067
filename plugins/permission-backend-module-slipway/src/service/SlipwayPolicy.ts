import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isResourcePermission,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import type { TranslatedCondition } from '../domain/conditions';
import {
  decide,
  isUnanswerable,
  type Decision,
  type GrantSource,
} from '../domain/decide';
import type { Role } from '../domain/roles';
import type { CallerResolver } from './CallerResolver';

/** Answers the permission framework from the roles of the config. */
export class SlipwayPolicy implements PermissionPolicy {
  readonly #warnedAbout = new Set<string>();

  constructor(
    private readonly options: {
      roles: readonly Role[];
      callers: CallerResolver;
      auth: AuthService;
      logger: LoggerService;
    },
  ) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { auth, callers, logger, roles } = this.options;
    if (!user || !auth.isPrincipal(user.credentials, 'user')) {
      return { result: AuthorizeResult.DENY };
    }

    const caller = await callers.resolve(user.credentials);
    const decision = decide(
      roles,
      {
        name: permission.name,
        resourceType: isResourcePermission(permission)
          ? permission.resourceType
          : undefined,
      },
      caller,
    );
    logger.debug(
      `${caller.userEntityRef}, ${permission.name}: ${explain(decision)}`,
    );
    this.#warnOnce(permission.name, decision.naming.filter(isUnanswerable));
    return toPolicyDecision(decision);
  }

  /** A glob may cover permissions whose resources cannot answer its condition; that shows only when one is asked for. */
  #warnOnce(permissionName: string, unanswerable: readonly GrantSource[]) {
    for (const source of unanswerable) {
      const key = `${nameOf(source)} ${permissionName}`;
      if (!this.#warnedAbout.has(key)) {
        this.#warnedAbout.add(key);
        this.options.logger.warn(
          `${nameOf(source)} does not count for ${permissionName}: its condition cannot be asked of what that permission is about`,
        );
      }
    }
  }
}

function nameOf({ role, grant }: GrantSource): string {
  return `Role "${role}", allow[${grant}]`;
}

function explain(decision: Decision): string {
  switch (decision.result) {
    case 'allow':
      return `allowed by ${nameOf(decision.because)}`;
    case 'conditional':
      return `allowed under the conditions of ${decision.because
        .map(nameOf)
        .join('; ')}`;
    default:
      return 'denied, as no role allows it';
  }
}

function toPolicyDecision(decision: Decision): PolicyDecision {
  switch (decision.result) {
    case 'allow':
      return { result: AuthorizeResult.ALLOW };
    case 'conditional': {
      const [first] = decision.anyOf;
      const [criterion, ...others] = decision.anyOf.map(toCriteria);
      return {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: first.pluginId,
        resourceType: first.resourceType,
        conditions:
          others.length > 0 ? { anyOf: [criterion, ...others] } : criterion,
      };
    }
    default:
      return { result: AuthorizeResult.DENY };
  }
}

function toCriteria({
  allOf,
}: TranslatedCondition): PermissionCriteria<PermissionCondition> {
  const [criterion, ...others] = allOf;
  return others.length > 0 ? { allOf: [criterion, ...others] } : criterion;
}
