import type { PromotionAction } from '@slipway/backstage-plugin-delivery-common';
import type { EngineCommand } from '@slipway/workflow-engine';
import type { PromotionRequest } from './state';

/** What people and services may ask of a promotion. */
export type PromotionCommand =
  | { type: 'start'; request: PromotionRequest }
  | { type: PromotionAction; reason?: string }
  | {
      /** A hold was released. */
      type: 'lookAgain';
    }
  | {
      /** A newer release goes the same way by itself. */
      type: 'supersede';
      version: string;
    };

/** All that a promotion decides on. */
export type AnyPromotionCommand = PromotionCommand | EngineCommand;
