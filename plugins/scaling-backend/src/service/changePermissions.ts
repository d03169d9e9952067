import {
  policyApplyPermission,
  type ScalingChange,
  targetScalePermission,
} from '@slipway/backstage-plugin-scaling-common';

/** What a caller must hold to make, and to end, a change of each kind. */
export const permissionOf = {
  scale: targetScalePermission,
  policy: policyApplyPermission,
} satisfies Record<ScalingChange['kind'], unknown>;
