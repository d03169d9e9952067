import type { PermissionResourceRef } from '@backstage/plugin-permission-node';

/** What permission rules look at: a component, and the environment if one is concerned. */
export interface PermissionTarget {
  ownerRef?: string;
  /** `development`, `staging` or `production`. */
  tier?: string;
}

/** What a rule demands; a target that lacks any of it is not meant. */
export interface PermissionTargetQuery {
  ownerRefs?: string[];
  tiers?: string[];
}

/** A plugin's resource type for a component in an environment. */
export type TargetResourceRef = PermissionResourceRef<
  PermissionTarget,
  PermissionTargetQuery
>;
