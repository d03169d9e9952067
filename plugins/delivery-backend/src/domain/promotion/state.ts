import type {
  OnFailure,
  Promotion,
  PromotionItem,
  PromotionStage,
  PromotionStageItem,
  RolloutPhase,
} from '@slipway/backstage-plugin-delivery-common';

/** A stage as a promotion goes through it. It keeps what the pipeline said when the promotion began. */
export interface StageRequest extends Pick<
  PromotionStage,
  'name' | 'title' | 'environmentRef' | 'environmentName' | 'tier'
> {
  /** Those of the promotion's stages that come before. */
  needs: string[];
  onFailure: OnFailure;
  timeoutMs?: number;
  /** The release must run there in the end. Elsewhere it is enough that it has been through. */
  isGoal: boolean;
}

/** Everything a promotion was asked for. Never changes. */
export interface PromotionRequest {
  trigger: Promotion['trigger'];
  pipeline: Promotion['pipeline'];
  /** What others depend on comes first. */
  items: PromotionItem[];
  /** Each after those that it needs. */
  stages: StageRequest[];
  requestedBy: string;
  reason?: string;
}

/** How one component stands in one stage. */
export interface ItemProgress {
  status: PromotionStageItem['status'];
  message?: string;
  rolloutId?: string;
  /** How often a rollout was asked for and failed. */
  failures?: number;
  /** As last seen. */
  phase?: RolloutPhase;
  /** Nothing but the promotion itself holds the rollout. */
  isReady?: boolean;
  /** It is under way, and a window holds it. */
  isHeldByWindow?: boolean;
  /** The rollout may begin. */
  hasTurn?: boolean;
  /** What ran there before, once that is known. */
  previousReleaseId?: string;
  rollbackId?: string;
  /** How often the release before was to come back, and did not. */
  failedReturns?: number;
}

/** How one stage stands. Instants are epoch milliseconds. */
export interface StageProgress {
  status: PromotionStage['status'];
  message?: string;
  startedAt?: number;
  finishedAt?: number;
  deadlineAt?: number;
  /** When automation looks whether it is still held. */
  holdUntil?: number;
  /** All were ready together once, so that they go one after the other. */
  isOpen: boolean;
  /** It has failed, and the promotion goes on nevertheless. */
  isTolerated: boolean;
  /** Its time is over: what has not ended is aborted. */
  isOver: boolean;
  items: ItemProgress[];
}

/** Facts of a promotion, folded from its events. Instants are epoch milliseconds. */
export interface PromotionState {
  request: PromotionRequest;
  stages: StageProgress[];
  /** Set when no further stage begins: how it ends when what is under way has ended. */
  stopping?: { as: 'failed' | 'aborted'; message: string };
  phase: Promotion['phase'];
  message?: string;
  /** Set when nothing more is tried until a person says so. */
  attention?: string;
  startedAt: number;
  updatedAt: number;
  finishedAt?: number;
  /** How often something new was seen; a part of effects' keys. */
  looks: number;
  /** When something new was seen last. */
  seenAt: number;
  /** Raised by every retry, so that what failed is tried under a new key. */
  tries: number;
}

/** Whether a promotion has ended. No ended promotion ever changes. */
export function hasEnded({ phase }: Pick<PromotionState, 'phase'>): boolean {
  return ['succeeded', 'failed', 'aborted'].includes(phase);
}

/** Whether nothing more happens to a component in a stage, unless it has to go back. */
export function isSettled({ status }: ItemProgress): boolean {
  return ['succeeded', 'skipped', 'failed', 'rolledBack'].includes(status);
}

/** Whether stages behind this one may begin. */
export function isThrough({ status }: StageProgress): boolean {
  return status === 'succeeded' || status === 'failed';
}

/** Whether the release before was to come back, and did not. */
export function hasReturnFailed({ status, phase }: ItemProgress): boolean {
  return (
    status === 'rollingBack' && (phase === 'aborted' || phase === 'rolledBack')
  );
}

/** Whether a component has moved in a stage, and could go back. */
export function canReturn(item: ItemProgress): boolean {
  return item.status === 'succeeded' && item.previousReleaseId !== undefined;
}
