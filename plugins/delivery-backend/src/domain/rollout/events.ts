import type {
  Measurement,
  Observation,
} from '@slipway/backstage-plugin-delivery-common';
import type { GateEvent } from '../gates/events';
import type { GateFacts } from '../gates/facts';
import type { CanaryScale, Goal, PlannedStep, RolloutRequest } from './state';

/** What a rollout found when it got its target. */
export type TakenTarget = Pick<
  RolloutRequest,
  'previous' | 'previousReplicas' | 'generation'
>;

/** What happened, epoch milliseconds in `at`. */
export type RolloutDomainEvent = { at: number } & (
  | {
      type: 'rollout.started';
      request: RolloutRequest;
      plan: PlannedStep[];
      gates?: GateFacts;
    }
  | GateEvent
  | ({
      /** The gates are open, and the rollout has the target. */
      type: 'rollout.begun';
      plan: PlannedStep[];
    } & TakenTarget)
  | {
      /** The next step changes the target: windows are asked first whether they let it. */
      type: 'step.due';
      index: number;
    }
  | {
      type: 'step.started';
      index: number;
      goal?: Goal;
      canaryScale?: CanaryScale;
      pauseUntil?: number;
    }
  | {
      type: 'step.finished';
      index: number;
      status: 'succeeded' | 'skipped' | 'failed';
      message?: string;
    }
  | { type: 'step.ran'; index: number; afterMs: number; message?: string }
  | { type: 'target.observed'; observation: Observation }
  | { type: 'metric.measured'; metric: string; measurement: Measurement }
  | { type: 'analysis.inconclusive'; message: string }
  | { type: 'rollout.paused'; reason?: string }
  | { type: 'rollout.resumed'; reason?: string }
  | {
      type: 'rollout.promoted';
      /** Set when the remaining steps are skipped: the step that is gone to. */
      skipTo?: number;
      reason?: string;
    }
  | { type: 'attention.needed'; message: string }
  | { type: 'rollout.retried'; reason?: string }
  | {
      type: 'rollback.started';
      outcome: 'rolledBack' | 'aborted';
      message: string;
      reason?: string;
      goal: Goal;
    }
  | { type: 'rollout.succeeded'; message: string }
  | { type: 'rollout.rolledBack'; message: string }
  | { type: 'rollout.aborted'; message: string }
);
