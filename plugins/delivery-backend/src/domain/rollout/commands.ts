import type { EngineCommand } from '@slipway/workflow-engine';
import type { RolloutRequest } from './state';

/** What people and services may ask of a rollout. */
export type RolloutCommand =
  | { type: 'start'; request: RolloutRequest }
  | {
      type: 'pause' | 'resume' | 'promote' | 'promoteFull' | 'abort' | 'retry';
      reason?: string;
    };

/** All that a rollout decides on. */
export type AnyRolloutCommand = RolloutCommand | EngineCommand;
