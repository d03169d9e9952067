import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_DELIVERY_TARGET } from '@slipway/backstage-plugin-delivery-common';
import type {
  PermissionTarget,
  PermissionTargetQuery,
} from '@slipway/backstage-plugin-slipway-node';
import { z } from 'zod';

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
