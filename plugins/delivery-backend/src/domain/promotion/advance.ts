import type { PromotionStory } from './PromotionStory';
import {
  canReturn,
  hasReturnFailed,
  isSettled,
  isThrough,
  type StageProgress,
} from './state';

/** Goes on as far as the facts allow, without anybody being asked. */
export function advance(story: PromotionStory): void {
  for (;;) {
    const told = story.events.length;
    story.present.stages.forEach((_, stage) => advanceStage(story, stage));
    startStages(story);
    if (story.events.length === told) break;
  }
  watchReturns(story);
  end(story);
}

/** A stage has failed: what its pipeline wants then. */
export function breakStage(
  story: PromotionStory,
  stage: number,
  message: string,
  isOver = false,
): void {
  // What ends anyway leaves nothing half done.
  const then = story.present.stopping
    ? 'rollback'
    : story.present.request.stages[stage].onFailure;
  story.add({ type: 'promotion.stage.broke', stage, message, then, isOver });
  if (then === 'rollback' && !story.present.stopping)
    story.add({
      type: 'promotion.stopping',
      as: 'failed',
      message: `${story.present.request.stages[stage].title}: ${message}`,
    });
}

/** When a stage that begins now must be through. */
export function deadlineOf(
  { present, now }: PromotionStory,
  stage: number,
): { deadlineAt?: number } {
  const { timeoutMs } = present.request.stages[stage];
  return timeoutMs === undefined ? {} : { deadlineAt: now + timeoutMs };
}

function advanceStage(story: PromotionStory, index: number): void {
  const stage = story.present.stages[index];
  if (stage.status === 'rollingBack') {
    if (stage.items.every(item => isSettled(item) && !canReturn(item)))
      story.add({
        type: 'promotion.stage.ended',
        stage: index,
        as: 'rolledBack',
      });
    return;
  }
  if (stage.status !== 'running') return;
  const failure = failureOf(story, stage);
  if (failure && !stage.isTolerated) {
    breakStage(story, index, failure);
    return;
  }
  if (stage.items.every(isSettled)) {
    story.add({
      type: 'promotion.stage.ended',
      stage: index,
      as: failure ? 'failed' : 'succeeded',
      ...(failure && { message: failure }),
    });
    return;
  }
  if (!stage.isOpen && stage.items.every(isReadyTogether))
    story.add({ type: 'promotion.stage.opened', stage: index });
}

function isReadyTogether(item: StageProgress['items'][number]): boolean {
  return isSettled(item) || item.status === 'running' || item.isReady === true;
}

function failureOf(
  { present }: PromotionStory,
  { items }: StageProgress,
): string | undefined {
  const words = items.flatMap(({ status, message }, index) =>
    status === 'failed'
      ? [
          `${present.request.items[index].componentTitle}: ${message ?? 'failed'}`,
        ]
      : [],
  );
  return words.length ? words.join('; ') : undefined;
}

function startStages(story: PromotionStory): void {
  const { request, stages, stopping } = story.present;
  if (stopping) return;
  const through = new Set(
    request.stages
      .filter((_, index) => isThrough(stages[index]))
      .map(({ name }) => name),
  );
  request.stages.forEach(({ needs }, stage) => {
    if (
      stages[stage].status === 'pending' &&
      needs.every(need => through.has(need))
    )
      story.add({
        type: 'promotion.stage.started',
        stage,
        ...deadlineOf(story, stage),
      });
  });
}

/** What was to come back and did not is for a person. */
function watchReturns(story: PromotionStory): void {
  const { attention, stages, request } = story.present;
  if (attention !== undefined) return;
  for (const [index, { items }] of stages.entries())
    for (const [i, item] of items.entries())
      if (hasReturnFailed(item)) {
        story.add({
          type: 'promotion.attention',
          message: `${request.items[i].componentTitle} did not go back in ${request.stages[index].environmentName}: ${item.message ?? 'its rollback failed'}`,
        });
        return;
      }
}

function end(story: PromotionStory): void {
  const { request, stages, stopping } = story.present;
  const active = stages.some(({ status }) =>
    ['pending', 'onHold', 'running', 'waiting', 'rollingBack'].includes(status),
  );
  if (active) return;
  const names = request.items
    .map(
      ({ componentTitle, release }) => `${componentTitle} ${release.version}`,
    )
    .join(', ');
  story.add({
    type: 'promotion.ended',
    ...(stopping ?? {
      as: 'succeeded',
      message: `${names}: through ${request.stages.map(({ title }) => title).join(', ')}`,
    }),
  });
}
