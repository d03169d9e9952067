import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type AllowedActions,
  type PromotionAction,
  rolloutAbortPermission,
  rolloutControlPermission,
  rolloutCreatePermission,
  type Tier,
} from '@slipway/backstage-plugin-delivery-common';
import {
  allowedUnless,
  type Authorizer,
} from '@slipway/backstage-plugin-slipway-node';
import type { StoredPromotion } from '../../database/PromotionStore';

/** What a caller must hold for each action, for every component in every stage. The OpenAPI document says the same. */
export const promotionPermissionOf = {
  abort: rolloutAbortPermission,
  retry: rolloutCreatePermission,
  continue: rolloutControlPermission,
} satisfies Record<PromotionAction, unknown>;

const actions = Object.keys(promotionPermissionOf) as PromotionAction[];

/** Everything that a promotion touches, as permissions are asked for. */
export function targetsOf(
  stages: Array<{ tier: Tier }>,
  components: Array<{ ownerRef?: string }>,
): Array<{ ownerRef?: string; tier: Tier }> {
  return stages.flatMap(({ tier }) =>
    components.map(({ ownerRef }) => ({ ownerRef, tier })),
  );
}

/** Says of a promotion which actions the caller may take now, asking the permission framework once for all of them. */
export async function allowedPromotionActions(
  authorizer: Authorizer,
  credentials: BackstageCredentials,
): Promise<
  (
    stored: StoredPromotion,
    components: Array<{ ownerRef?: string }>,
  ) => AllowedActions
> {
  const checks = await authorizer.checks(
    actions.map(action => promotionPermissionOf[action]),
    credentials,
  );
  return ({ promotion, refusals }, components) =>
    Object.fromEntries(
      actions.map((action, index) => {
        const allowed = targetsOf(promotion.stages, components).every(
          checks[index],
        );
        const reason = allowed
          ? refusals[action]
          : `This needs the permission ${promotionPermissionOf[action].name} for every component and environment of the promotion.`;
        return [action, allowedUnless(reason)];
      }),
    );
}
