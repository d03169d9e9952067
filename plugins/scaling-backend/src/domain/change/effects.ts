import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type { ChangeMeans, ChangeTarget } from './state';

interface Step {
  target: ChangeTarget;
  via: ChangeMeans;
  /** Rises with every write that is wanted of the target. */
  fence: number;
  /** What it is known to wait for; only something else is worth telling. */
  seen?: string;
  /** Of delivery, where one carries this step out already. */
  rolloutId?: string;
  /** For delivery's record. */
  reason: string;
  requestedBy: string;
}

/** What changes ask of the world. */
export type ChangeEffect =
  | { kind: 'scaling.read'; target: ChangeTarget; via: ChangeMeans }
  | ({ kind: 'scaling.apply'; setting: ReplicaSetting } & Step)
  | ({
      kind: 'scaling.revert';
      before: ReplicaSetting;
      ours: ReplicaSetting[];
    } & Step);

/** A step waits for something. */
export interface HeldResult {
  held: string;
  rolloutId?: string;
}

/** Of `scaling.read`. */
export interface ReadResult {
  setting: ReplicaSetting | null;
}

/** Of `scaling.apply`. */
export type ApplyResult = HeldResult | { applied: true };

/** Of `scaling.revert`. */
export type RevertResult =
  | HeldResult
  | { outcome: 'restored' | 'gone' }
  | { outcome: 'left'; found: ReplicaSetting };
