import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_DELIVERY_TARGET,
  type Tier,
} from '@slipway/backstage-plugin-delivery-common';
import { z } from 'zod';

/** What permission rules look at: a component, and the environment if one is concerned. */
export interface PermissionTarget {
  ownerRef?: string;
  tier?: Tier;
}

/** What a rule demands; a target that lacks any of it is not meant. */
export interface PermissionTargetQuery {
  ownerRefs?: string[];
  tiers?: string[];
}

export const deliveryTargetResourceRef = createPermissionResourceRef<
  PermissionTarget,
  PermissionTargetQuery
>().with({ pluginId: 'delivery', resourceType: RESOURCE_TYPE_DELIVERY_TARGET });

const isComponentOwner = createPermissionRule({
  name: 'IS_COMPONENT_OWNER',
  description: 'Allow for components that one of the claims owns',
  resourceRef: deliveryTargetResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of users or groups'),
  }),
  apply: (target, { claims }) =>
    target.ownerRef !== undefined && claims.includes(target.ownerRef),
  toQuery: ({ claims }) => ({ ownerRefs: claims }),
});

const hasEnvironmentTier = createPermissionRule({
  name: 'HAS_ENVIRONMENT_TIER',
  description: 'Allow for environments of the given tiers',
  resourceRef: deliveryTargetResourceRef,
  paramsSchema: z.object({
    tiers: z.array(z.string()).describe('development, staging or production'),
  }),
  // Where no environment is concerned, as when a release is recorded, no tier can be harmed.
  apply: (target, { tiers }) =>
    target.tier === undefined || tiers.includes(target.tier),
  toQuery: ({ tiers }) => ({ tiers }),
});

export const deliveryRules = [isComponentOwner, hasEnvironmentTier];
