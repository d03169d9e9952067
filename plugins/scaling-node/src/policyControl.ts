import type {
  ScalingPolicy,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import type { ControlledTarget, ReplicaSetting } from './replicaControl';

/** A policy with the limits that hold for the time being. @public */
export interface PolicyToApply {
  document: ScalingPolicy;
  /** Of the target's environment. */
  tier: ScalingTarget['tier'];
  /** 0 and 0 is none at all, which lasts until other limits are applied. */
  limits: { min: number; max: number };
}

/**
 * Has a vendor's autoscaler work by a policy. Errors mean what they mean to `ReplicaControl`, and so does `fence`.
 *
 * @public
 */
export interface PolicyControl {
  /**
   * Makes or changes the autoscaler. One of somebody else's on the same target is refused, and so is what the vendor has no
   * autoscaler for, with what to install.
   */
  apply(
    target: ControlledTarget,
    policy: PolicyToApply,
    context: { fence: number; dryRun?: boolean; signal: AbortSignal },
  ): Promise<void>;
  /**
   * Takes the autoscaler away and puts back what was, or leaves as many replicas as there are. `left`: there is none of ours
   * any more. `gone`: the workload is not there.
   */
  remove(
    target: ControlledTarget,
    before: ReplicaSetting | undefined,
    context: { fence: number; signal: AbortSignal },
  ): Promise<'removed' | 'left' | 'gone'>;
}
