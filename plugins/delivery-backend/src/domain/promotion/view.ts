import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import {
  hasEnded,
  type ItemProgress,
  type PromotionState,
  type StageProgress,
  type StageRequest,
} from './state';

/** A promotion as the API shows it, but for what depends on the caller. */
export type PromotionDocument = Omit<Promotion, 'allowedActions'>;

/** The facts of a promotion as the API shows them. Pure. */
export function promotionView(
  id: string,
  version: number,
  state: PromotionState,
): PromotionDocument {
  const { request } = state;
  const message = state.attention ?? state.message;
  const waitingFor = waitOf(state);
  return {
    id,
    version,
    trigger: request.trigger,
    pipeline: request.pipeline,
    phase: state.phase,
    ...(message && { message }),
    ...(waitingFor && { waitingFor }),
    items: request.items,
    stages: state.stages.map((stage, index) =>
      stageView(stage, request.stages[index], state),
    ),
    requestedBy: request.requestedBy,
    ...(request.reason && { reason: request.reason }),
    createdAt: instant(state.startedAt),
    updatedAt: instant(state.updatedAt),
    ...(state.finishedAt !== undefined && {
      finishedAt: instant(state.finishedAt),
    }),
  };
}

function waitOf(state: PromotionState): Promotion['waitingFor'] {
  if (hasEnded(state)) return undefined;
  const items = state.stages.flatMap(stage => stage.items);
  if (
    state.attention !== undefined ||
    state.stages.some(({ status }) => status === 'waiting') ||
    items.some(
      ({ status, phase, isHeldByWindow }) =>
        status === 'running' && phase === 'paused' && !isHeldByWindow,
    )
  )
    return 'person';
  if (items.some(isHeldUnderWay)) return 'window';
  if (items.some(({ status }) => ['running', 'rollingBack'].includes(status)))
    return undefined;
  // One that is ready waits for the others of its set only.
  if (items.some(isAtGates)) return 'gates';
  return state.stages.some(({ status }) => status === 'onHold')
    ? 'hold'
    : undefined;
}

function isHeldUnderWay({ status, isHeldByWindow }: ItemProgress): boolean {
  return status === 'running' && isHeldByWindow === true;
}

function isAtGates({ status, phase, isReady, hasTurn }: ItemProgress): boolean {
  return status === 'waiting' && phase === 'held' && !isReady && !hasTurn;
}

function stageView(
  progress: StageProgress,
  {
    name,
    title,
    environmentRef,
    environmentName,
    tier,
    needs,
    onFailure,
  }: StageRequest,
  { request }: PromotionState,
): Promotion['stages'][number] {
  const { status, message, startedAt, finishedAt, deadlineAt, items } =
    progress;
  return {
    name,
    title,
    environmentRef,
    environmentName,
    tier,
    needs,
    onFailure,
    status,
    ...(message && { message }),
    ...(startedAt !== undefined && { startedAt: instant(startedAt) }),
    ...(finishedAt !== undefined && { finishedAt: instant(finishedAt) }),
    ...(deadlineAt !== undefined && { deadlineAt: instant(deadlineAt) }),
    items: items.map((item, index) => ({
      componentRef: request.items[index].componentRef,
      status: item.status,
      ...(item.message && { message: item.message }),
      ...(item.rolloutId && { rolloutId: item.rolloutId }),
      ...(item.rollbackId && { rollbackId: item.rollbackId }),
    })),
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
