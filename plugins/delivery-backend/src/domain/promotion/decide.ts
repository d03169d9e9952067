import { ConflictError, InputError } from '@backstage/errors';
import {
  type DecideContext,
  type Decision,
  decisionBetween,
  type EngineCommand,
} from '@slipway/workflow-engine';
import { refusals } from './actions';
import { advance, breakStage, deadlineOf } from './advance';
import type { AnyPromotionCommand, PromotionCommand } from './commands';
import type { LaunchResult, PromotionEffect, ReturnResult } from './effects';
import type { Place, PromotionEvent, SeenRollout } from './events';
import { pendingOf } from './pending';
import { PromotionStory } from './PromotionStory';
import { hasEnded, type PromotionState } from './state';

/** How often automation looks whether it is still held, beside being told. */
const holdMs = 60_000;

/** What a promotion does about a command. Pure. */
export function decide(
  state: PromotionState | undefined,
  command: AnyPromotionCommand,
  { now }: Pick<DecideContext, 'now'>,
): Decision<PromotionEvent, PromotionEffect> {
  const story = new PromotionStory(state, now);
  tell(story, command);
  if (!hasEnded(story.present)) advance(story);
  return decisionBetween(state && pendingOf(state), pendingOf(story.present), {
    events: story.events,
    command,
  });
}

function tell(story: PromotionStory, command: AnyPromotionCommand): void {
  if (command.type === 'start') {
    if (story.state)
      throw new ConflictError('The promotion has started already');
    story.add({ type: 'promotion.started', request: command.request });
    return;
  }
  if (!story.state) throw new InputError(`A promotion begins with 'start'`);
  switch (command.type) {
    case 'effect.succeeded':
      if (isPending(story.state, command.key)) succeeded(story, command);
      return;
    case 'effect.failed':
      if (isPending(story.state, command.key)) failed(story, command);
      return;
    case 'timer.fired':
      fired(story, command.name);
      return;
    case 'lookAgain':
      story.present.stages.forEach(({ status }, stage) => {
        if (status === 'onHold') startAgain(story, stage);
      });
      return;
    case 'supersede':
      supersede(story, command.by);
      return;
    default:
      ordered(story, command);
  }
}

// A result can arrive after the promotion's course has changed; it is no longer asked for then.
function isPending(state: PromotionState, key: string): boolean {
  return pendingOf(state).effects.some(effect => effect.key === key);
}

function ordered(
  story: PromotionStory,
  {
    type,
    reason,
  }: Extract<PromotionCommand, { type: 'abort' | 'retry' | 'continue' }>,
): void {
  const refusal = refusals(story.present)[type];
  if (refusal) throw new ConflictError(refusal);
  switch (type) {
    case 'abort':
      takeAllBack(story, reason ? `Aborted: ${reason}` : 'Aborted by a person');
      return;
    case 'retry':
      story.add({ type: 'promotion.retried', ...(reason && { reason }) });
      waiting(story).forEach(stage =>
        story.add({
          type: 'promotion.stage.retried',
          stage,
          ...deadlineOf(story, stage),
        }),
      );
      return;
    default:
      waiting(story).forEach(stage =>
        story.add({ type: 'promotion.stage.tolerated', stage }),
      );
  }
}

function waiting({ present }: PromotionStory): number[] {
  return present.stages.flatMap(({ status }, index) =>
    status === 'waiting' ? [index] : [],
  );
}

function takeAllBack(story: PromotionStory, message: string): void {
  story.add({ type: 'promotion.stopping', as: 'aborted', message });
  story.present.stages.forEach(({ status }, stage) => {
    if (status === 'running' || status === 'waiting')
      story.add({ type: 'promotion.stage.takenBack', stage, message });
  });
}

function startAgain(story: PromotionStory, stage: number): void {
  story.add({
    type: 'promotion.stage.started',
    stage,
    ...deadlineOf(story, stage),
  });
}

/** What has begun goes on to the end of its stage; what only waits ends. */
function supersede(story: PromotionStory, by: string): void {
  if (story.present.stopping || hasEnded(story.present)) return;
  const message = `Superseded by ${by}`;
  story.add({ type: 'promotion.stopping', as: 'aborted', message });
  story.present.stages.forEach(({ status, items }, stage) => {
    const begun = items.some(item =>
      ['running', 'succeeded'].includes(item.status),
    );
    if ((status === 'running' || status === 'waiting') && !begun)
      story.add({ type: 'promotion.stage.takenBack', stage, message });
  });
}

function succeeded(
  story: PromotionStory,
  command: Extract<EngineCommand, { type: 'effect.succeeded' }>,
): void {
  const result = command.result as unknown;
  switch (command.kind) {
    case 'delivery.promotion.launch':
    case 'delivery.promotion.recall':
      launched(story, placeOf(command.key), result as LaunchResult);
      return;
    case 'delivery.promotion.follow':
      story.add({
        type: 'promotion.rollouts.seen',
        rollouts: result as SeenRollout[],
      });
      return;
    case 'delivery.promotion.turn':
      story.add({ type: 'promotion.item.turned', ...placeOf(command.key) });
      return;
    case 'delivery.promotion.return':
      returned(story, placeOf(command.key), result as ReturnResult);
      return;
    default:
      throw new InputError(`Unknown effect ${command.kind}`);
  }
}

// Keys are `<what>:<stage>:<item>:<tries>`.
function placeOf(key: string): Place {
  const [, stage, item] = key.split(':').map(Number);
  return { stage, item };
}

function launched(
  story: PromotionStory,
  place: Place,
  result: LaunchResult,
): void {
  switch (result.kind) {
    case 'launched':
      story.add({
        type: 'promotion.item.launched',
        ...place,
        rolloutId: result.rolloutId,
      });
      return;
    case 'skipped':
      story.add({
        type: 'promotion.item.skipped',
        ...place,
        message: result.message,
      });
      return;
    case 'onHold':
      story.add({
        type: 'promotion.stage.held',
        stage: place.stage,
        message: result.message,
        until: story.now + holdMs,
      });
      return;
    default:
      story.add({
        type: 'promotion.item.failed',
        ...place,
        message: result.message,
      });
  }
}

function returned(
  story: PromotionStory,
  place: Place,
  result: ReturnResult,
): void {
  if (result.kind === 'returning')
    story.add({
      type: 'promotion.item.returning',
      ...place,
      rollbackId: result.rollbackId,
    });
  else
    story.add({
      type: 'promotion.item.failed',
      ...place,
      message: 'Something else runs there by now',
    });
}

function failed(
  story: PromotionStory,
  command: Extract<EngineCommand, { type: 'effect.failed' }>,
): void {
  const { attempts, error, key, kind } = command;
  const message = `${error.message} (given up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'})`;
  if (kind === 'delivery.promotion.launch')
    story.add({ type: 'promotion.item.failed', ...placeOf(key), message });
  else story.add({ type: 'promotion.attention', message });
}

function fired(story: PromotionStory, name: string): void {
  const due = pendingOf(story.present).timers[name];
  if (due === undefined || due > story.now) return;
  const [what, index] = name.split(':');
  const stage = Number(index);
  if (what === 'hold') startAgain(story, stage);
  else breakStage(story, stage, 'It took longer than the stage allows', true);
}
