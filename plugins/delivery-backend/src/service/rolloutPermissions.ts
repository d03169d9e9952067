import {
  type AllowedActions,
  breakGlassUsePermission,
  rolloutAbortPermission,
  type RolloutAction,
  rolloutControlPermission,
  rolloutCreatePermission,
} from '@slipway/backstage-plugin-delivery-common';
import {
  allowedUnless,
  type Authorizer,
  refusal,
  type TargetCheck,
} from '@slipway/backstage-plugin-slipway-node';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { StoredRollout } from '../database/RolloutStore';

/** What a caller must hold for each action. The OpenAPI document says the same, and a test compares. */
export const permissionOf = {
  pause: rolloutControlPermission,
  resume: rolloutControlPermission,
  promote: rolloutControlPermission,
  promoteFull: rolloutControlPermission,
  abort: rolloutAbortPermission,
  retry: rolloutCreatePermission,
  breakGlass: breakGlassUsePermission,
} satisfies Record<RolloutAction, unknown>;

const actions = Object.keys(permissionOf) as RolloutAction[];

/** Says of a rollout which actions the caller may take now, asking the permission framework once for all rollouts. */
export async function allowedRolloutActions(
  authorizer: Authorizer,
  credentials: BackstageCredentials,
): Promise<
  (stored: StoredRollout, ownerRef: string | undefined) => AllowedActions
> {
  const checks = await authorizer.checks(
    actions.map(action => permissionOf[action]),
    credentials,
  );
  return ({ rollout, refusals }, ownerRef) =>
    Object.fromEntries(
      actions.map((action, index) => [
        action,
        allowance(
          checks[index],
          { ownerRef, tier: rollout.tier },
          refusal(permissionOf[action]),
          refusals[action],
        ),
      ]),
    );
}

function allowance(
  check: TargetCheck,
  target: Parameters<TargetCheck>[0],
  missing: string,
  forbidden: string | undefined,
) {
  return allowedUnless(check(target) ? forbidden : missing);
}
