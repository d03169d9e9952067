import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import type { PermissionTarget, TargetResourceRef } from './PermissionTarget';

/** Says of one target whether the caller may. */
export type TargetCheck = (target: PermissionTarget) => boolean;

/** Asks the permission framework, once a request and permission, however many items are concerned. */
export class Authorizer {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly registry: PermissionsRegistryService,
    private readonly resourceRef: TargetResourceRef,
  ) {}

  async may(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    return may(this.permissions, permission, credentials);
  }

  /** See `requirePermission`. */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await requirePermission(this.permissions, permission, credentials);
  }

  /** Throws `NotAllowedError` saying what was refused and which permission is missing. */
  async requireFor(
    permission: ResourcePermission,
    target: PermissionTarget,
    credentials: BackstageCredentials,
    what: string,
  ): Promise<void> {
    await this.requireForEach(permission, [{ target, what }], credentials);
  }

  /** The same for several targets, all of which it is needed for; asks the framework once. */
  async requireForEach(
    permission: ResourcePermission,
    targets: Array<{ target: PermissionTarget; what: string }>,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [check] = await this.checks([permission], credentials);
    const refused = targets.find(({ target }) => !check(target));
    if (refused)
      throw new NotAllowedError(
        `${refusal(permission)} You may not ${refused.what}.`,
      );
  }

  /** One check for each permission, in the same order. */
  async checks(
    permissions: ResourcePermission[],
    credentials: BackstageCredentials,
  ): Promise<TargetCheck[]> {
    const decisions = await this.permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    const authorize = createConditionAuthorizer(
      this.registry.getPermissionRuleset(this.resourceRef),
    );
    return decisions.map(decision => target => authorize(decision, target));
  }
}

/** Why an action is refused for want of a permission. */
export function refusal(permission: ResourcePermission): string {
  return `This needs the permission ${permission.name} for this component and environment.`;
}

async function may(
  permissions: PermissionsService,
  permission: BasicPermission,
  credentials: BackstageCredentials,
): Promise<boolean> {
  const [{ result }] = await permissions.authorize([{ permission }], {
    credentials,
  });
  return result === AuthorizeResult.ALLOW;
}

/** Throws `NotAllowedError` naming the permission that is missing. */
export async function requirePermission(
  permissions: PermissionsService,
  permission: BasicPermission,
  credentials: BackstageCredentials,
): Promise<void> {
  if (!(await may(permissions, permission, credentials)))
    throw new NotAllowedError(`This needs the permission ${permission.name}`);
}
