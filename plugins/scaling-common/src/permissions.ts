import {
  type BasicPermission,
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/**
 * The resource type of a component in an environment. Its resource reference is
 * `<component ref>@<environment ref>`; its rules are `IS_COMPONENT_OWNER` and `HAS_ENVIRONMENT_TIER`.
 *
 * @public
 */
export const RESOURCE_TYPE_SCALING_TARGET = 'scaling-target';

/** See how many replicas run where, what drives them, their history, and who changed them. @public */
export const targetReadPermission = createPermission({
  name: 'scaling.target.read',
  attributes: { action: 'read' },
});

/** Change how many replicas there are, and end such a change. @public */
export const targetScalePermission = createPermission({
  name: 'scaling.target.scale',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SCALING_TARGET,
});

/** Have a target scale by a policy, and take the policy away. @public */
export const policyApplyPermission = createPermission({
  name: 'scaling.policy.apply',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SCALING_TARGET,
});

/** Read the whole event feed; for services, and for people who may see everything. @public */
export const eventReadPermission = createPermission({
  name: 'scaling.event.read',
  attributes: { action: 'read' },
});

/** All permissions of scaling. @public */
export const scalingPermissions: Array<
  BasicPermission | ResourcePermission<'scaling-target'>
> = [
  targetReadPermission,
  targetScalePermission,
  policyApplyPermission,
  eventReadPermission,
];
