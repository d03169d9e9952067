import type { JsonObject } from '@backstage/types';
import type {
  AnalysisTemplate,
  Observation,
  RolloutPhase,
  Scoring,
  StepState,
  Strategy,
  Tier,
  WeightPoint,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryTarget,
  DesiredRelease,
} from '@slipway/backstage-plugin-delivery-node';
import type { WindowFacts } from '../gates/facts';
import type { GatesState } from '../gates/state';
import type { MetricProgress } from '../analysis/metricProgress';

/** A release as a run carries it: all that is needed to run it again, and what pages show of it. */
export interface RunRelease extends DesiredRelease {
  digest: string;
  commit?: string;
}

/**
 * Everything a rollout was asked for. Never changes once it has begun; while it waits for its gates, what runs there may
 * still change, and is looked at again when it begins.
 */
export interface RolloutRequest {
  /** `scale` changes how many copies run of the release that runs, and nothing else. */
  kind: 'rollout' | 'rollback' | 'scale';
  target: DeliveryTarget & {
    componentTitle: string;
    tier: Tier;
    /** The runtime's name. */
    runtime: string;
  };
  release: RunRelease;
  /** What runs there now; absent at a component's first rollout. */
  previous?: RunRelease;
  previousReplicas: number;
  strategy: Strategy;
  replicas: number;
  progressDeadlineSeconds: number;
  requestedBy: string;
  reason?: string;
  retryOf?: string;
  /** Goes back to what ran there before, so that no gate holds it. */
  ungated?: boolean;
  /** What the pipeline's stage wants measured when all traffic goes to the release. */
  verification?: AnalysisTemplate;
  /** The release wants something done once it has all traffic. */
  concludes?: boolean;
  /** The promotion that it is a part of. */
  promotion?: PartOfPromotion;
  /** The generation that the target's runtime has seen last. */
  generation: number;
}

/** Where a rollout belongs that a promotion asked for. */
export interface PartOfPromotion {
  id: string;
  stage: string;
  /** Set: it is one of several, and begins when the promotion says that its turn has come. */
  inTurn?: boolean;
}

/** One step of the plan that a rollout follows. */
export type PlannedStep =
  | { kind: 'prepare' }
  | { kind: 'scale' }
  | { kind: 'resize'; from: number; to: number }
  | { kind: 'roll'; maxSurge: number; maxUnavailable: number }
  | { kind: 'setWeight'; weight: number }
  | { kind: 'setCanaryScale'; scale: CanaryScale }
  | { kind: 'pause'; durationMs?: number; promotion?: boolean }
  | { kind: 'analysis'; template: AnalysisTemplate }
  | { kind: 'plugin'; name: string; config: JsonObject }
  | { kind: 'promote' }
  | { kind: 'conclude' }
  | { kind: 'retire' };

/** How many copies of the new release run at a weight. */
export type CanaryScale =
  | { mode: 'match' }
  | { mode: 'replicas'; replicas: number }
  | { mode: 'weight'; weight: number };

/** How the target should look at this point of a rollout. */
export interface Goal {
  newReplicas: number;
  weight: number;
  keepPrevious: boolean;
  rolling?: { maxSurge: number; maxUnavailable: number };
}

/** How one step stands. */
export interface StepProgress {
  status: StepState['status'];
  startedAt?: number;
  finishedAt?: number;
  message?: string;
  /** When a timed pause is over. */
  pauseUntil?: number;
  metrics?: MetricProgress[];
  /** How the comparisons among the metrics decide together. */
  scoring?: Scoring;
}

/** Whether windows let the next step begin. */
export interface WindowCheck {
  /** How often something new was seen; a part of effects' keys. */
  looks: number;
  /** What holds the step; absent until that is known. */
  hold?: WindowFacts;
}

/** Facts of a rollout, folded from its events. Instants are epoch milliseconds. */
export interface RolloutState {
  request: RolloutRequest;
  plan: PlannedStep[];
  steps: StepProgress[];
  current: number;
  /** Never `paused`: whether somebody is waited for follows from the other facts. */
  phase: Exclude<RolloutPhase, 'paused'>;
  message?: string;
  /** What must hold before it begins; absent where nothing could hold it. */
  gates?: GatesState;
  startedAt: number;
  updatedAt: number;
  finishedAt?: number;
  /** Set while a person holds the rollout. */
  pausedByPerson: boolean;
  /** Set when nothing more is tried until a person says so. */
  attention?: string;
  /** Set when the current analysis could not tell. */
  inconclusive: boolean;
  /** Set by "promote fully": the steps before this one are skipped. */
  skipTo?: number;
  /** Set while the current step has not begun, because windows are asked whether they let it. */
  windowCheck?: WindowCheck;
  /** Set when the rollout is being taken back. */
  undo?: { outcome: 'rolledBack' | 'aborted'; message: string };
  goal?: Goal;
  generation: number;
  canaryScale: CanaryScale;
  /** When traffic was last shifted. */
  weightSince: number;
  weightHistory: WeightPoint[];
  observation?: Observation;
  /** How often the target was looked at with a change to tell. */
  looks: number;
  /** Raised by every retry, so that what failed is tried under a new key. */
  tries: number;
  /** How often the present custom step was run. */
  stepRuns: number;
  /** Until when there must be progress. */
  deadlineAt?: number;
}

/** Whether a rollout has ended. No ended rollout ever changes. */
export function hasEnded(state: Pick<RolloutState, 'phase'>): boolean {
  return ['succeeded', 'rolledBack', 'aborted'].includes(state.phase);
}
