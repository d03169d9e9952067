import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type { ChangeTarget } from '../domain/change/state';

/** How far a write has come. */
export type Written = 'done' | { held: string; rolloutId?: string };

/** Reads and sets how many replicas there are to be, one way or another. */
export interface ReplicaMeans {
  /** Nothing where the workload is not there. */
  read(
    target: ChangeTarget,
    signal: AbortSignal,
  ): Promise<ReplicaSetting | undefined>;
  /** `key` is the same for the same write. `rolloutId` is what an earlier try of it answered. */
  write(
    target: ChangeTarget,
    setting: ReplicaSetting,
    context: {
      key: string;
      fence: number;
      rolloutId?: string;
      reason: string;
      requestedBy: string;
      signal: AbortSignal;
    },
  ): Promise<Written>;
  /** Leaves it as it is: nothing with a lower fence may arrive any more. */
  leave(
    target: ChangeTarget,
    context: { fence: number; signal: AbortSignal },
  ): Promise<void>;
}
