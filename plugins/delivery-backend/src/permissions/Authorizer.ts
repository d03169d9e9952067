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
import { deliveryTargetResourceRef, type PermissionTarget } from './rules';

/** Says of one target whether the caller may. */
export type TargetCheck = (target: PermissionTarget) => boolean;

/** Asks the permission framework, once a request and permission, however many items are concerned. */
export class Authorizer {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly registry: PermissionsRegistryService,
  ) {}

  async may(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.permissions.authorize([{ permission }], {
      credentials,
    });
    return result === AuthorizeResult.ALLOW;
  }

  /** Throws `NotAllowedError` naming the permission that is missing. */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.may(permission, credentials)))
      throw new NotAllowedError(`This needs the permission ${permission.name}`);
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
      this.registry.getPermissionRuleset(deliveryTargetResourceRef),
    );
    return decisions.map(decision => target => authorize(decision, target));
  }
}

/** Why an action is refused for want of a permission. */
export function refusal(permission: ResourcePermission): string {
  return `This needs the permission ${permission.name} for this component and environment.`;
}
