import type { SeenRollout } from './events';

/** What is needed to ask for one rollout of a promotion. */
export interface LaunchRequest {
  componentRef: string;
  environmentRef: string;
  releaseId: string;
  stage: string;
  pipelineDigest: string;
  /** One of several, which begins when its turn has come. */
  inTurn: boolean;
  isGoal: boolean;
  /** Held where a person wants nothing to happen by itself. */
  isAutomatic: boolean;
  /** Raised when it is asked for once more. */
  attempt: number;
  requestedBy: string;
  reason?: string;
}

/** What the effect `delivery.promotion.launch` answers. */
export type LaunchResult =
  | { kind: 'launched'; rolloutId: string }
  | { kind: 'skipped'; message: string }
  | { kind: 'refused'; message: string }
  | { kind: 'onHold'; message: string };

/** What the effect `delivery.promotion.return` answers. */
export type ReturnResult =
  { kind: 'returning'; rollbackId: string } | { kind: 'there' };

/** What a promotion asks of the world: rollouts. */
export type PromotionEffect =
  | ({ kind: 'delivery.promotion.launch' } & LaunchRequest)
  | ({
      /** The launch is no longer wanted: which rollout came of it, or that none ever will. */
      kind: 'delivery.promotion.recall';
    } & LaunchRequest)
  | {
      /** Answers as soon as one of them has changed. */
      kind: 'delivery.promotion.follow';
      rollouts: Array<Partial<SeenRollout> & { id: string }>;
      /** When something new was seen last, epoch milliseconds. */
      since: number;
    }
  | { kind: 'delivery.promotion.turn'; rolloutId: string }
  | {
      /** Never done by itself: it is over when the end of the rollout is seen. */
      kind: 'delivery.promotion.abort';
      rolloutId: string;
      reason: string;
    }
  | {
      kind: 'delivery.promotion.return';
      componentRef: string;
      environmentRef: string;
      /** What goes away, and what comes back. */
      releaseId: string;
      toReleaseId: string;
      stage: string;
      requestedBy: string;
      reason: string;
      /** Raised when it is asked for once more. */
      attempt: number;
    };
