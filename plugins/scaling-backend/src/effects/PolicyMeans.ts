import type { ScalingPolicy } from '@slipway/backstage-plugin-scaling-common';
import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type { ChangeTarget } from '../domain/change/state';

/** How far a removal has come. */
export type Removed =
  'removed' | 'left' | 'gone' | { held: string; rolloutId?: string };

/** Has policies followed, one way or another. */
export interface PolicyMeans {
  /** Nothing where the workload is not there. */
  read(
    target: ChangeTarget,
    signal: AbortSignal,
  ): Promise<ReplicaSetting | undefined>;
  apply(
    target: ChangeTarget,
    policy: ScalingPolicy,
    limits: { min: number; max: number },
    context: { fence: number; dryRun?: boolean; signal: AbortSignal },
  ): Promise<void>;
  /** `key` is the same for the same removal. `rolloutId` is what an earlier try of it answered. */
  remove(
    target: ChangeTarget,
    /** Put back; nothing: the replicas that there are stay. */
    before: ReplicaSetting | undefined,
    context: {
      key: string;
      fence: number;
      rolloutId?: string;
      reason: string;
      requestedBy: string;
      signal: AbortSignal;
    },
  ): Promise<Removed>;
}
