import type { EngineCommand } from '@slipway/workflow-engine';
import type { GateFacts } from '../gates/facts';
import type { VoteCommand } from '../gates/vote';
import type { RolloutRequest } from './state';

/** What people and services may ask of a rollout. */
export type RolloutCommand =
  | {
      type: 'start';
      request: RolloutRequest;
      /** Absent where nothing could hold it. */
      gates?: GateFacts;
      /** Waits for the target, which another rollout has. */
      queued?: boolean;
    }
  | VoteCommand
  | { type: 'withdrawVote'; by: string }
  | { type: 'breakGlass'; by: string; reason: string }
  | {
      /** The promotion that it belongs to lets it begin. */
      type: 'takeTurn';
    }
  | SteeringCommand;

/** Steers a rollout that is under way. */
export interface SteeringCommand {
  type: 'pause' | 'resume' | 'promote' | 'promoteFull' | 'abort' | 'retry';
  reason?: string;
}

/** All that a rollout decides on. */
export type AnyRolloutCommand = RolloutCommand | EngineCommand;
