import { ConflictError, InputError, toError } from '@backstage/errors';
import {
  type DecideContext,
  type Decision,
  decisionBetween,
  type EngineCommand,
  Story,
} from '@slipway/workflow-engine';
import type { AnyChangeCommand, ChangeCommand, Inheritance } from './commands';
import type {
  ApplyResult,
  ChangeEffect,
  ReadResult,
  RevertResult,
} from './effects';
import type { ChangeEvent } from './events';
import { evolve } from './evolve';
import { isSameSetting, overrideOf } from './override';
import { pendingOf } from './pending';
import { refusalToEnd } from './refusals';
import type { ChangeEnd, ChangeState } from './state';

type ChangeStory = Story<ChangeState, ChangeEvent>;

/** What a change does about a command. Pure. */
export function decide(
  state: ChangeState | undefined,
  command: AnyChangeCommand,
  { now }: Pick<DecideContext, 'now'>,
): Decision<ChangeEvent, ChangeEffect> {
  const story: ChangeStory = new Story(state, now, evolve);
  const after = tell(story, command);
  return decisionBetween(state && pendingOf(state), pendingOf(after), {
    events: story.events,
    command,
  });
}

function tell(story: ChangeStory, command: AnyChangeCommand): ChangeState {
  const { state } = story;
  if (command.type === 'ask') {
    if (state) throw new ConflictError('This was asked already');
    const asked = story.add({ type: 'change.asked', asked: command.asked });
    return command.inherited ? prepare(story, asked, command.inherited) : asked;
  }
  if (!state) throw new InputError(`A change begins with 'ask'`);
  switch (command.type) {
    case 'end':
      return end(story, state, command);
    case 'supersede':
      return story.add({
        type: 'change.ended',
        end: { as: 'superseded', changeId: command.changeId },
        outcome: { kind: state.before ? 'takenOver' : 'untouched' },
      });
    case 'timer.fired':
      return rung(story, state, command.name);
    case 'effect.succeeded':
      return succeeded(story, state, command);
    case 'effect.failed':
      return failed(story, state, command.kind, command.error.message);
    default:
      throw new InputError(
        `Unknown command ${(command as ChangeCommand).type}`,
      );
  }
}

function prepare(
  story: ChangeStory,
  { asked }: ChangeState,
  { before, ours }: Inheritance,
): ChangeState {
  try {
    const wanted = overrideOf(before, asked.replicas);
    return story.add({
      type: 'change.prepared',
      before,
      wanted,
      ours: [wanted, ...ours.filter(other => !isSameSetting(other, wanted))],
    });
  } catch (error) {
    return giveUp(story, toError(error).message);
  }
}

/** Before anything was changed. */
function giveUp(story: ChangeStory, reason: string): ChangeState {
  return story.add({
    type: 'change.ended',
    end: { as: 'failed', reason },
    outcome: { kind: 'untouched' },
  });
}

function end(
  story: ChangeStory,
  state: ChangeState,
  command: Extract<ChangeCommand, { type: 'end' }>,
): ChangeState {
  const { by, reason, restore } = command;
  const refusal = refusalToEnd(state, restore);
  if (refusal) throw new ConflictError(refusal);
  const why: ChangeEnd = { as: 'ended', by, reason };
  if (restore || !state.before) return over(story, state, why);
  return story.add({
    type: 'change.ended',
    end: why,
    outcome: { kind: 'left' },
  });
}

/** Puts back what was changed, where something was. */
function over(
  story: ChangeStory,
  state: ChangeState,
  why: ChangeEnd,
): ChangeState {
  return state.before
    ? story.add({ type: 'change.ending', end: why })
    : story.add({
        type: 'change.ended',
        end: why,
        outcome: { kind: 'untouched' },
      });
}

function rung(
  story: ChangeStory,
  state: ChangeState,
  timer: string,
): ChangeState {
  if (timer === 'until') return over(story, state, { as: 'expired' });
  return story.add({ type: 'change.retried' });
}

function succeeded(
  story: ChangeStory,
  state: ChangeState,
  { kind, result }: Extract<EngineCommand, { type: 'effect.succeeded' }>,
): ChangeState {
  if (kind === 'scaling.read') {
    const { setting } = result as unknown as ReadResult;
    return setting
      ? prepare(story, state, { before: setting, ours: [] })
      : giveUp(story, `${state.asked.target.workload} is not there any more`);
  }
  const told = result as unknown as ApplyResult | RevertResult;
  if ('held' in told)
    return story.add({
      type: 'change.held',
      reason: told.held,
      ...(told.rolloutId && { rolloutId: told.rolloutId }),
    });
  if ('applied' in told) return story.add({ type: 'change.applied' });
  return story.add({
    type: 'change.ended',
    end: state.end!,
    outcome:
      told.outcome === 'left'
        ? { kind: 'left', found: told.found }
        : { kind: told.outcome },
  });
}

function failed(
  story: ChangeStory,
  state: ChangeState,
  kind: string,
  reason: string,
): ChangeState {
  if (kind === 'scaling.read') return giveUp(story, reason);
  if (kind === 'scaling.revert')
    return story.add({ type: 'change.stuck', reason });
  // It may have been changed before it failed.
  return over(story, state, { as: 'failed', reason });
}
