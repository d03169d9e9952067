import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';
import type { ScalingPolicy } from '@slipway/backstage-plugin-scaling-common';
import type { AppliedLimits, ChangeMeans, ChangeTarget } from './state';

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

/** What policies ask of the world. */
export type PolicyEffect =
  | {
      kind: 'scaling.gates';
      target: ChangeTarget;
      approvals: string[];
      seen?: string;
    }
  /** Takes back the approvals that nobody has decided, of what has ended. */
  | { kind: 'scaling.withdraw'; approvals: string[]; reason: string }
  /** Takes the place of the policy that stands. */
  | { kind: 'scaling.place'; target: ChangeTarget; via: ChangeMeans }
  | ({
      kind: 'scaling.applyPolicy';
      policy: ScalingPolicy;
      limits: AppliedLimits;
    } & PolicyStep)
  | ({
      kind: 'scaling.removePolicy';
      /** Put back; nothing: the replicas that there are stay. */
      before?: ReplicaSetting;
      /** Of delivery, where one puts it back already. */
      rolloutId?: string;
      /** For delivery's record. */
      reason: string;
      requestedBy: string;
    } & PolicyStep);

interface PolicyStep {
  target: ChangeTarget;
  via: ChangeMeans;
  fence: number;
  seen?: string;
}

/** A step waits for something. */
export interface HeldResult {
  held: string;
  rolloutId?: string;
}

/** Of `scaling.read`. */
export interface ReadResult {
  setting: ReplicaSetting | null;
}

/** Of `scaling.gates`. */
export type GatesResult = HeldResult | { open: true } | { refused: string };

/** Of `scaling.place`. */
export interface PlaceResult extends ReadResult {
  order: number;
}

/** Of `scaling.apply` and `scaling.applyPolicy`. */
export type ApplyResult = HeldResult | { applied: true };

/** Of `scaling.withdraw`. */
export interface WithdrawResult {
  outcome: 'untouched';
}

/** Of `scaling.revert` and `scaling.removePolicy`. */
export type RevertResult =
  | HeldResult
  | { outcome: 'restored' | 'gone' }
  | { outcome: 'left'; found?: ReplicaSetting };
