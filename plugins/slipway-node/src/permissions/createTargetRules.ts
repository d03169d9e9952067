import {
  createPermissionRule,
  type PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import type {
  PermissionTarget,
  PermissionTargetQuery,
} from './PermissionTarget';

/** The rules `IS_COMPONENT_OWNER` and `HAS_ENVIRONMENT_TIER` of a plugin's resource type. */
export function createTargetRules<ResourceType extends string>(
  resourceRef: PermissionResourceRef<
    PermissionTarget,
    PermissionTargetQuery,
    ResourceType
  >,
) {
  const isComponentOwner = createPermissionRule({
    name: 'IS_COMPONENT_OWNER',
    description: 'Allow for components that one of the claims owns',
    resourceRef,
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
    resourceRef,
    paramsSchema: z.object({
      tiers: z.array(z.string()).describe('development, staging or production'),
    }),
    // Where no environment is concerned, as when a release is recorded, no tier can be harmed.
    apply: (target, { tiers }) =>
      target.tier === undefined || tiers.includes(target.tier),
    toQuery: ({ tiers }) => ({ tiers }),
  });
  return [isComponentOwner, hasEnvironmentTier];
}
