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
  GatesResult,
  PlaceResult,
  PolicyEffect,
  ReadResult,
  RevertResult,
  WithdrawResult,
} from './effects';
import { limitsAt } from '../policy/limitsAt';
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
): Decision<ChangeEvent, ChangeEffect | PolicyEffect> {
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
  if (asked.kind !== 'scale') throw new InputError('Policies are placed');
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

/** Applies a policy with the limits of the time that begins. */
function limit(story: ChangeStory, { asked }: ChangeState): ChangeState {
  const limits =
    asked.kind === 'policy' &&
    limitsAt(asked.policy, asked.target.tier, story.now);
  if (!limits) throw new InputError(`Nothing is said of ${asked.target.tier}`);
  return story.add({ type: 'change.limited', limits });
}

/** Before anything was changed. */
function giveUp(story: ChangeStory, reason: string): ChangeState {
  return untouched(story, { as: 'failed', reason });
}

/** Over, with nothing to put back. Nobody is to be asked any more to agree to what has ended. */
function untouched(story: ChangeStory, why: ChangeEnd): ChangeState {
  const { asked, phase } = story.state!;
  const isAsking =
    asked.kind === 'policy' && asked.approvals.length > 0 && phase === 'held';
  return isAsking
    ? story.add({ type: 'change.ending', end: why })
    : story.add({
        type: 'change.ended',
        end: why,
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
  // Of a policy more is to be taken away than replicas.
  if (state.asked.kind === 'policy')
    return over(story, state, {
      ...why,
      ...(!restore && { keepsReplicas: true }),
    });
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
  // What has not taken its place has changed nothing.
  return state.before
    ? story.add({ type: 'change.ending', end: why })
    : untouched(story, why);
}

function rung(
  story: ChangeStory,
  state: ChangeState,
  timer: string,
): ChangeState {
  if (timer === 'until') return over(story, state, { as: 'expired' });
  // A policy that could not be applied goes on with the limits of now, not of then.
  if (timer === 'schedule' || !state.end) return limit(story, state);
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
  if (kind === 'scaling.place') {
    const { order, setting } = result as unknown as PlaceResult;
    return setting
      ? limit(
          story,
          story.add({ type: 'change.placed', before: setting, order }),
        )
      : giveUp(story, `${state.asked.target.workload} is not there any more`);
  }
  const told = result as unknown as
    GatesResult | ApplyResult | RevertResult | WithdrawResult;
  if ('held' in told)
    return story.add({
      type: 'change.held',
      reason: told.held,
      ...(told.rolloutId && { rolloutId: told.rolloutId }),
    });
  if ('open' in told) return story.add({ type: 'change.admitted' });
  if ('refused' in told) return giveUp(story, told.refused);
  if ('applied' in told) return story.add({ type: 'change.applied' });
  return story.add({
    type: 'change.ended',
    end: state.end!,
    outcome:
      told.outcome === 'left'
        ? { kind: 'left', ...(told.found && { found: told.found }) }
        : { kind: told.outcome },
  });
}

function failed(
  story: ChangeStory,
  state: ChangeState,
  kind: string,
  reason: string,
): ChangeState {
  if (['scaling.read', 'scaling.gates', 'scaling.place'].includes(kind))
    return giveUp(story, reason);
  // It is over all the same. Whoever still agrees to it does so in vain.
  if (kind === 'scaling.withdraw') return untouched(story, state.end!);
  if (
    ['scaling.revert', 'scaling.removePolicy'].includes(kind) ||
    // A policy that works is not taken away because its next limits cannot be set now.
    (kind === 'scaling.applyPolicy' && state.applied)
  )
    return story.add({ type: 'change.stuck', reason });
  // It may have been changed before it failed.
  return over(story, state, { as: 'failed', reason });
}
