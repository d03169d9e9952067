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
export const RESOURCE_TYPE_DELIVERY_TARGET = 'delivery-target';

/** See releases. @public */
export const releaseReadPermission = createPermission({
  name: 'delivery.release.read',
  attributes: { action: 'read' },
});

/** Record a release. Environments do not matter to it, so only ownership can be a condition. @public */
export const releaseCreatePermission = createPermission({
  name: 'delivery.release.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** See what runs where. @public */
export const deploymentReadPermission = createPermission({
  name: 'delivery.deployment.read',
  attributes: { action: 'read' },
});

/** See rollouts, their events, measurements and logs. @public */
export const rolloutReadPermission = createPermission({
  name: 'delivery.rollout.read',
  attributes: { action: 'read' },
});

/** Start or retry a rollout. @public */
export const rolloutCreatePermission = createPermission({
  name: 'delivery.rollout.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Change how many copies run of what runs. @public */
export const deploymentScalePermission = createPermission({
  name: 'delivery.deployment.scale',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Pause, resume and promote a rollout. @public */
export const rolloutControlPermission = createPermission({
  name: 'delivery.rollout.control',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Abort a rollout. @public */
export const rolloutAbortPermission = createPermission({
  name: 'delivery.rollout.abort',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Roll an environment back to an earlier release. @public */
export const rollbackCreatePermission = createPermission({
  name: 'delivery.rollback.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Mark a release as bad, so that it is never rolled out again. @public */
export const releaseRejectPermission = createPermission({
  name: 'delivery.release.reject',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Take the rejection of a release back. @public */
export const releaseUnrejectPermission = createPermission({
  name: 'delivery.release.unreject',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** See pipelines, windows and freezes, and what they would do to a release. @public */
export const pipelineReadPermission = createPermission({
  name: 'delivery.pipeline.read',
  attributes: { action: 'read' },
});

/** Vote on approvals at all, and let others vote for oneself. Whose vote counts is for the gate's rules to say. @public */
export const approvalDecidePermission = createPermission({
  name: 'delivery.approval.decide',
  attributes: { action: 'update' },
});

/** Ask people to approve something that belongs to no rollout, and withdraw what one asked. @public */
export const approvalRequestPermission = createPermission({
  name: 'delivery.approval.request',
  attributes: { action: 'create' },
});

/** Ask that windows let a component through for a while, and end what lets it through. @public */
export const windowRequestPermission = createPermission({
  name: 'delivery.window.request',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Go past gates that are closed. @public */
export const breakGlassUsePermission = createPermission({
  name: 'delivery.breakglass.use',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Review that somebody else went past closed gates. @public */
export const breakGlassReviewPermission = createPermission({
  name: 'delivery.breakglass.review',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
});

/** Read the whole event feed; for services, and for people who may see everything. @public */
export const eventReadPermission = createPermission({
  name: 'delivery.event.read',
  attributes: { action: 'read' },
});

/** All permissions of delivery. @public */
export const deliveryPermissions: Array<
  BasicPermission | ResourcePermission<'delivery-target'>
> = [
  releaseReadPermission,
  releaseCreatePermission,
  deploymentReadPermission,
  rolloutReadPermission,
  rolloutCreatePermission,
  deploymentScalePermission,
  rolloutControlPermission,
  rolloutAbortPermission,
  rollbackCreatePermission,
  releaseRejectPermission,
  releaseUnrejectPermission,
  pipelineReadPermission,
  approvalDecidePermission,
  approvalRequestPermission,
  windowRequestPermission,
  breakGlassUsePermission,
  breakGlassReviewPermission,
  eventReadPermission,
];
