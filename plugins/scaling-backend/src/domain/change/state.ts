import type {
  ScalingPolicy,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import type { ReplicaSetting } from '@slipway/backstage-plugin-scaling-node';

/** What a change is about, as it was when it was asked for. */
export type ChangeTarget = Pick<
  ScalingTarget,
  | 'id'
  | 'componentRef'
  | 'componentTitle'
  | 'environmentRef'
  | 'environmentName'
  | 'tier'
  | 'workload'
>;

/**
 * Who carries it out: delivery what it runs itself, else the provider of the environment's runtime. Of a policy delivery
 * is told the number by Slipway, which looks at the load, and a provider has an autoscaler do so.
 */
export type ChangeMeans = 'delivery' | 'provider';

interface Asked {
  target: ChangeTarget;
  /** 1, 2, 3 … of its target. */
  number: number;
  via: ChangeMeans;
  reason: string;
  requestedBy: string;
}

/** So many replicas, by hand. */
export interface AskedScale extends Asked {
  kind: 'scale';
  replicas: number;
  /** Epoch milliseconds; without it the change stands until somebody ends it. */
  until?: number;
}

/** As many replicas as a policy says. */
export interface AskedPolicy extends Asked {
  kind: 'policy';
  policy: ScalingPolicy;
  /** Of the policy. */
  digest: string;
  /** Of delivery: all of them are needed first. */
  approvals: string[];
}

/** A change as it is asked for. */
export type AskedChange = AskedScale | AskedPolicy;

/** The limits of a policy for the time being. */
export interface AppliedLimits {
  min: number;
  max: number;
  /** The schedule that says so. */
  schedule?: string;
  /** When others begin to hold, epoch milliseconds. */
  nextChangeAt?: number;
}

type ChangePhase =
  /** People have not agreed yet, or no window is open. */
  | 'held'
  /** Looks how it is set. */
  | 'preparing'
  | 'applying'
  | 'active'
  | 'reverting'
  /** It could not be put back; tried again from time to time, or when somebody says so. */
  | 'stuck'
  | 'ended'
  | 'failed';

/** Why a change is over. */
export interface ChangeEnd {
  as: 'expired' | 'ended' | 'superseded' | 'failed';
  by?: string;
  reason?: string;
  /** The change that took its place. */
  changeId?: string;
  /** A policy goes, and the replicas that there are stay. */
  keepsReplicas?: boolean;
}

/** How it stands where it was changed. */
export interface ChangeOutcome {
  /**
   * `restored`: as before. `left`: not put back, by wish or because somebody had changed it meanwhile. `gone`: the
   * workload is not there any more. `untouched`: nothing had been changed. `takenOver`: for the next change to put back.
   */
  kind: 'restored' | 'left' | 'gone' | 'untouched' | 'takenOver';
  /** What was found, where somebody had changed it. */
  found?: ReplicaSetting;
}

/** A change, folded from its events. */
export interface ChangeState {
  asked: AskedChange;
  phase: ChangePhase;
  /** How many writes were wanted so far; part of the fence. */
  step: number;
  before?: ReplicaSetting;
  wanted?: ReplicaSetting;
  /** What this change and those it took the place of set; anything else that is found is somebody else's. */
  ours: ReplicaSetting[];
  /** Of a policy: the limits that are applied. */
  limits?: AppliedLimits;
  /** Of a policy that has taken its place: 1, 2, 3 … of its target; part of the fence. */
  order?: number;
  /** It was carried out once. */
  applied?: boolean;
  /** What a write waits for, in words. */
  waitsFor?: string;
  /** Of delivery, that carries the present step out. */
  rolloutId?: string;
  end?: ChangeEnd;
  outcome?: ChangeOutcome;
  /** What went wrong last. */
  problem?: string;
  /** When it got stuck, epoch milliseconds. */
  stuckAt?: number;
}

export function hasEnded({ phase }: ChangeState): boolean {
  return phase === 'ended' || phase === 'failed';
}

/** Whether it is a policy whose numbers Slipway reckons by itself now. */
export function isFollowed(state: ChangeState): boolean {
  const { applied, asked, end } = state;
  return (
    asked.kind === 'policy' &&
    asked.via === 'delivery' &&
    applied === true &&
    !end &&
    !hasEnded(state)
  );
}
