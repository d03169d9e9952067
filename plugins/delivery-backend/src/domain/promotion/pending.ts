import type { EffectRequest, Pending } from '@slipway/workflow-engine';
import type { PromotionEffect } from './effects';
import {
  canReturn,
  hasEnded,
  isSettled,
  type ItemProgress,
  type PromotionState,
  type StageProgress,
} from './state';

const retry = {
  maxAttempts: 8,
  initialDelayMs: 500,
  factor: 2,
  maxDelayMs: 30_000,
};
const timeoutMs = 60_000;

type Request = EffectRequest<PromotionEffect>;

/** What should be pending in a state, so that decisions only have to tell events. Pure. */
export function pendingOf(state: PromotionState): Pending<PromotionEffect> {
  if (hasEnded(state)) return { effects: [], timers: {}, status: endOf(state) };
  const effects =
    state.attention === undefined
      ? [
          ...state.stages.flatMap((stage, index) =>
            stageEffects(state, stage, index),
          ),
          ...followEffects(state),
        ]
      : [];
  const timers = Object.fromEntries(
    state.stages.flatMap(({ status, deadlineAt, holdUntil }, index) => [
      ...(status === 'running' && deadlineAt !== undefined
        ? [[`timeout:${index}`, deadlineAt]]
        : []),
      ...(status === 'onHold' && holdUntil !== undefined
        ? [[`hold:${index}`, holdUntil]]
        : []),
    ]),
  );
  const waits =
    state.attention !== undefined ||
    state.stages.some(({ status }) => status === 'waiting');
  return {
    effects,
    timers,
    status: waits
      ? { kind: 'waiting', wait: 'person', ...detailOf(state) }
      : { kind: 'running' },
  };
}

function endOf(state: PromotionState): Pending<PromotionEffect>['status'] {
  const ends = {
    succeeded: 'succeeded',
    failed: 'failed',
    aborted: 'cancelled',
  } as const;
  const kind = ends[state.phase as keyof typeof ends];
  return { kind, ...(state.message && { detail: state.message }) };
}

function detailOf({ attention }: PromotionState) {
  return attention ? { detail: attention } : {};
}

function stageEffects(
  state: PromotionState,
  stage: StageProgress,
  index: number,
): Request[] {
  return stage.items.flatMap((item, i) => {
    const at = { index, item: i, tries: state.tries };
    if (item.status === 'pending') {
      if (stage.status === 'running')
        return [launchEffect(state, at, 'launch')];
      return stage.status === 'rollingBack'
        ? [launchEffect(state, at, 'recall')]
        : [];
    }
    if (isToBeAborted(state, stage, i)) return [abortEffect(item, at, stage)];
    if (stage.status === 'running' && hasTurnNow(state, stage, i))
      return [turnEffect(item, at)];
    if (stage.status === 'rollingBack' && returnsNow(state, stage, i))
      return [returnEffect(state, item, at, stage)];
    return [];
  });
}

/** Whether the rollout of a component must end before it is through. */
function isToBeAborted(
  state: PromotionState,
  stage: StageProgress,
  item: number,
): boolean {
  const { status, rolloutId } = stage.items[item];
  if (rolloutId === undefined) return false;
  if (status !== 'waiting' && status !== 'running') return false;
  if (stage.status === 'rollingBack') return true;
  return stage.isTolerated && (stage.isOver || isBlocked(state, stage, item));
}

// In a stage that may fail, what depends on a failed component does not begin.
function isBlocked(
  state: PromotionState,
  stage: StageProgress,
  item: number,
): boolean {
  return (
    stage.items[item].status === 'waiting' &&
    before(state, item).some(other => stage.items[other].status === 'failed')
  );
}

function hasTurnNow(
  state: PromotionState,
  stage: StageProgress,
  item: number,
): boolean {
  const { status, hasTurn } = stage.items[item];
  return (
    // One alone has no turn to wait for.
    state.request.items.length > 1 &&
    stage.isOpen &&
    status === 'waiting' &&
    !hasTurn &&
    before(state, item).every(other =>
      ['succeeded', 'skipped'].includes(stage.items[other].status),
    )
  );
}

// What depends on a component goes back before it.
function returnsNow(
  state: PromotionState,
  stage: StageProgress,
  item: number,
): boolean {
  return (
    canReturn(stage.items[item]) &&
    stage.items.every(
      (other, i) =>
        !before(state, i).includes(item) ||
        (isSettled(other) && !canReturn(other)),
    )
  );
}

function before({ request }: PromotionState, item: number): number[] {
  const { after } = request.items[item];
  return request.items.flatMap(({ componentRef }, i) =>
    after.includes(componentRef) ? [i] : [],
  );
}

interface At {
  index: number;
  item: number;
  tries: number;
}

function keyOf(what: string, { index, item, tries }: At): string {
  return `${what}:${index}:${item}:${tries}`;
}

function launchEffect(
  { request, stages }: PromotionState,
  at: At,
  what: 'launch' | 'recall',
): Request {
  const { items } = stages[at.index];
  const { componentRef, release } = request.items[at.item];
  const { name, environmentRef, isGoal } = request.stages[at.index];
  return {
    key: keyOf(what, at),
    retry,
    timeoutMs,
    effect: {
      kind: `delivery.promotion.${what}`,
      componentRef,
      environmentRef,
      releaseId: release.id,
      stage: name,
      pipelineDigest: request.pipeline.digest,
      inTurn: request.items.length > 1,
      isGoal,
      isAutomatic: request.trigger === 'automation',
      attempt: items[at.item].failures ?? 0,
      requestedBy: request.requestedBy,
      ...(request.reason && { reason: request.reason }),
    },
  };
}

function abortEffect(
  { rolloutId = '' }: ItemProgress,
  at: At,
  stage: StageProgress,
): Request {
  return {
    key: keyOf('abort', at),
    retry,
    timeoutMs,
    priority: 10,
    effect: {
      kind: 'delivery.promotion.abort',
      rolloutId,
      reason: stage.message ?? 'The promotion has ended',
    },
  };
}

function turnEffect({ rolloutId = '' }: ItemProgress, at: At): Request {
  return {
    key: keyOf('turn', at),
    retry,
    timeoutMs,
    effect: { kind: 'delivery.promotion.turn', rolloutId },
  };
}

function returnEffect(
  { request }: PromotionState,
  { previousReleaseId = '', failedReturns = 0 }: ItemProgress,
  at: At,
  stage: StageProgress,
): Request {
  const { componentRef, release } = request.items[at.item];
  const { name, environmentRef } = request.stages[at.index];
  return {
    key: keyOf('return', at),
    retry,
    timeoutMs,
    priority: 10,
    effect: {
      kind: 'delivery.promotion.return',
      componentRef,
      environmentRef,
      releaseId: release.id,
      toReleaseId: previousReleaseId,
      stage: name,
      requestedBy: request.requestedBy,
      reason: stage.message ?? 'The promotion has ended',
      attempt: failedReturns,
    },
  };
}

/** One look at all rollouts that are under way, for as long as nothing new is seen. */
function followEffects(state: PromotionState): Request[] {
  const rollouts = state.stages.flatMap(({ items }) =>
    items.flatMap(item => {
      const { phase, message, isReady, previousReleaseId } = item;
      const known = {
        ...(phase && { phase }),
        ...(message && { message }),
        ...(previousReleaseId && { previousReleaseId }),
      };
      if (item.rollbackId && item.status === 'rollingBack')
        return [{ ...known, id: item.rollbackId }];
      if (item.rolloutId && !isSettled(item))
        return [{ ...known, id: item.rolloutId, isReady: isReady ?? false }];
      return [];
    }),
  );
  return rollouts.length
    ? [
        {
          key: `follow:${state.looks}:${state.tries}`,
          retry,
          timeoutMs,
          effect: {
            kind: 'delivery.promotion.follow',
            rollouts,
            since: state.seenAt,
          },
        },
      ]
    : [];
}
