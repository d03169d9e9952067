import type { RolloutPhase } from '@slipway/backstage-plugin-delivery-common';
import type { Place, PromotionEvent, SeenRollout } from './events';
import {
  hasReturnFailed,
  isSettled,
  type ItemProgress,
  type PromotionState,
  type StageProgress,
} from './state';

type EventOf<T extends PromotionEvent['type']> = Extract<
  PromotionEvent,
  { type: T }
>;

/** The facts after one more event. Pure. */
export function evolve(
  state: PromotionState | undefined,
  event: PromotionEvent,
): PromotionState {
  if (event.type === 'promotion.started') return started(event);
  if (!state) throw new TypeError(`${event.type} before promotion.started`);
  return apply({ ...state, updatedAt: event.at }, event);
}

function started({
  at,
  request,
}: EventOf<'promotion.started'>): PromotionState {
  return {
    request,
    stages: request.stages.map(() => ({
      status: 'pending',
      isOpen: false,
      isTolerated: false,
      isOver: false,
      items: request.items.map(() => ({ status: 'pending' })),
    })),
    phase: 'running',
    startedAt: at,
    updatedAt: at,
    looks: 0,
    seenAt: at,
    tries: 0,
  };
}

function apply(
  state: PromotionState,
  event: Exclude<PromotionEvent, EventOf<'promotion.started'>>,
): PromotionState {
  switch (event.type) {
    case 'promotion.stage.started':
      return withStage(state, event.stage, stage => ({
        ...stage,
        status: 'running',
        message: undefined,
        holdUntil: undefined,
        startedAt: stage.startedAt ?? event.at,
        deadlineAt: event.deadlineAt,
      }));
    case 'promotion.stage.held':
      return withStage(state, event.stage, stage => ({
        ...stage,
        status: 'onHold',
        message: event.message,
        holdUntil: event.until,
      }));
    case 'promotion.item.launched':
      return seen(
        withItem(state, event, item => ({
          ...item,
          status: 'waiting',
          message: undefined,
          rolloutId: event.rolloutId,
        })),
        event.at,
      );
    case 'promotion.item.skipped':
      return withItem(state, event, item => ({
        ...item,
        status: 'skipped',
        message: event.message,
      }));
    case 'promotion.item.failed':
      return withItem(state, event, item => ({
        ...item,
        status: 'failed',
        message: event.message,
      }));
    case 'promotion.item.turned':
      return withItem(state, event, item => ({ ...item, hasTurn: true }));
    case 'promotion.item.returning':
      return seen(
        withItem(state, event, item => ({
          ...item,
          status: 'rollingBack',
          rollbackId: event.rollbackId,
          phase: undefined,
        })),
        event.at,
      );
    case 'promotion.rollouts.seen':
      return event.rollouts.reduce(
        (after, rollout) => withSeen(after, rollout),
        seen(state, event.at),
      );
    case 'promotion.stage.opened':
      return withStage(state, event.stage, stage => ({
        ...stage,
        isOpen: true,
      }));
    case 'promotion.stage.broke':
      return withStage(state, event.stage, stage => ({
        ...stage,
        message: event.message,
        isTolerated: event.then === 'continue',
        isOver: event.isOver,
        deadlineAt: undefined,
        status: statusAfter(event.then),
      }));
    case 'promotion.stage.retried':
      return withStage(state, event.stage, stage => ({
        ...stage,
        status: 'running',
        message: undefined,
        isOpen: false,
        isOver: false,
        deadlineAt: event.deadlineAt,
        items: stage.items.map(item =>
          item.status === 'failed'
            ? { status: 'pending', failures: (item.failures ?? 0) + 1 }
            : item,
        ),
      }));
    case 'promotion.stage.tolerated':
      return withStage(state, event.stage, stage => ({
        ...stage,
        status: 'running',
        isTolerated: true,
      }));
    case 'promotion.stage.takenBack':
      return withStage(state, event.stage, stage => ({
        ...stage,
        status: 'rollingBack',
        message: event.message,
        deadlineAt: undefined,
        holdUntil: undefined,
      }));
    case 'promotion.stage.ended':
      return withStage(state, event.stage, stage => ({
        ...stage,
        status: event.as,
        finishedAt: event.at,
        deadlineAt: undefined,
        ...(event.message && { message: event.message }),
      }));
    case 'promotion.stopping':
      return {
        ...state,
        stopping: { as: event.as, message: event.message },
        message: event.message,
        attention: undefined,
        phase: 'rollingBack',
        tries: state.tries + (state.attention ? 1 : 0),
        stages: state.stages.map(stage =>
          stage.status === 'pending' || stage.status === 'onHold'
            ? { ...stage, status: 'cancelled', holdUntil: undefined }
            : stage,
        ),
      };
    case 'promotion.attention':
      return { ...state, attention: event.message };
    case 'promotion.retried':
      return {
        ...state,
        attention: undefined,
        tries: state.tries + 1,
        stages: state.stages.map(stage => ({
          ...stage,
          items: stage.items.map(item =>
            hasReturnFailed(item)
              ? {
                  ...item,
                  status: 'succeeded',
                  rollbackId: undefined,
                  failedReturns: (item.failedReturns ?? 0) + 1,
                }
              : item,
          ),
        })),
      };
    case 'promotion.ended':
      return {
        ...state,
        phase: event.as,
        message: event.message,
        finishedAt: event.at,
      };
    default:
      return assertNever(event);
  }
}

function statusAfter(
  then: EventOf<'promotion.stage.broke'>['then'],
): StageProgress['status'] {
  if (then === 'rollback') return 'rollingBack';
  return then === 'hold' ? 'waiting' : 'running';
}

function seen(state: PromotionState, at: number): PromotionState {
  return { ...state, looks: state.looks + 1, seenAt: at };
}

function withSeen(state: PromotionState, rollout: SeenRollout): PromotionState {
  return {
    ...state,
    stages: state.stages.map(stage => ({
      ...stage,
      items: stage.items.map(item => {
        if (item.rollbackId === rollout.id) return withReturn(item, rollout);
        return item.rolloutId === rollout.id && !isSettled(item)
          ? withRollout(item, rollout, stage.status === 'rollingBack')
          : item;
      }),
    })),
  };
}

function withRollout(
  item: ItemProgress,
  {
    phase,
    hasBegun,
    isReady,
    isHeldByWindow,
    message,
    previousReleaseId,
  }: SeenRollout,
  isTakenBack: boolean,
): ItemProgress {
  return {
    ...item,
    phase,
    isReady,
    isHeldByWindow,
    message,
    ...(previousReleaseId && { previousReleaseId }),
    status: itemStatus(phase, hasBegun, isTakenBack),
  };
}

function itemStatus(
  phase: RolloutPhase,
  hasBegun: boolean,
  isTakenBack: boolean,
): ItemProgress['status'] {
  switch (phase) {
    case 'succeeded':
      return 'succeeded';
    case 'aborted':
    case 'rolledBack':
      return isTakenBack ? 'rolledBack' : 'failed';
    default:
      return hasBegun ? 'running' : 'waiting';
  }
}

function withReturn(item: ItemProgress, rollout: SeenRollout): ItemProgress {
  const { phase, message } = rollout;
  return {
    ...item,
    phase,
    message,
    status: phase === 'succeeded' ? 'rolledBack' : 'rollingBack',
  };
}

function withStage(
  state: PromotionState,
  index: number,
  change: (stage: StageProgress) => StageProgress,
): PromotionState {
  return {
    ...state,
    stages: state.stages.map((stage, i) =>
      i === index ? change(stage) : stage,
    ),
  };
}

function withItem(
  state: PromotionState,
  { stage, item }: Place,
  change: (item: ItemProgress) => ItemProgress,
): PromotionState {
  return withStage(state, stage, progress => ({
    ...progress,
    items: progress.items.map((each, i) => (i === item ? change(each) : each)),
  }));
}

function assertNever(event: never): never {
  throw new TypeError(`Unknown event ${JSON.stringify(event)}`);
}
