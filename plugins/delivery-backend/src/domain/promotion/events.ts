import type {
  OnFailure,
  RolloutPhase,
} from '@slipway/backstage-plugin-delivery-common';
import type { PromotionRequest } from './state';

/** What is seen of a rollout that a promotion waits for. */
export interface SeenRollout {
  id: string;
  phase: RolloutPhase;
  /** It has taken its target. */
  hasBegun: boolean;
  /** Nothing but the promotion itself holds it. */
  isReady: boolean;
  /** It is under way, and a window holds it. */
  isHeldByWindow?: boolean;
  message?: string;
  previousReleaseId?: string;
}

/** Where something happened: indices into the request's stages and items. */
export interface Place {
  stage: number;
  item: number;
}

/** What happened, epoch milliseconds in `at`. */
export type PromotionEvent = { at: number } & (
  | { type: 'promotion.started'; request: PromotionRequest }
  | { type: 'promotion.stage.started'; stage: number; deadlineAt?: number }
  | {
      type: 'promotion.stage.held';
      stage: number;
      message: string;
      until: number;
    }
  | ({ type: 'promotion.item.launched'; rolloutId: string } & Place)
  | ({ type: 'promotion.item.skipped'; message: string } & Place)
  | ({ type: 'promotion.item.failed'; message: string } & Place)
  | ({ type: 'promotion.item.turned' } & Place)
  | ({ type: 'promotion.item.returning'; rollbackId: string } & Place)
  | { type: 'promotion.rollouts.seen'; rollouts: SeenRollout[] }
  | { type: 'promotion.stage.opened'; stage: number }
  | {
      type: 'promotion.stage.broke';
      stage: number;
      message: string;
      then: OnFailure;
      isOver: boolean;
    }
  | { type: 'promotion.stage.retried'; stage: number; deadlineAt?: number }
  | { type: 'promotion.stage.tolerated'; stage: number }
  | { type: 'promotion.stage.takenBack'; stage: number; message: string }
  | {
      type: 'promotion.stage.ended';
      stage: number;
      as: 'succeeded' | 'failed' | 'rolledBack';
      message?: string;
    }
  | {
      type: 'promotion.stopping';
      as: 'failed' | 'aborted';
      message: string;
    }
  | { type: 'promotion.attention'; message: string }
  | { type: 'promotion.retried'; reason?: string }
  | {
      type: 'promotion.ended';
      as: 'succeeded' | 'failed' | 'aborted';
      message: string;
    }
);
