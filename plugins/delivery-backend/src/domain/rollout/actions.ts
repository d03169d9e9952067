import type { RolloutAction } from '@slipway/backstage-plugin-delivery-common';
import { waitName } from './pending';
import { hasEnded, type RolloutState } from './state';

/** Why actions are refused; those that are not are left out. */
export type Refusals = { [action in RolloutAction]?: string };

/** For each action nothing when the rollout's state allows it, else the reason why not. */
export function refusals(state: RolloutState): Refusals {
  return {
    pause: refusalToPause(state),
    resume: refusalToResume(state),
    promote: refusalToPromote(state),
    promoteFull: refusalToPromoteFull(state),
    abort: refusalToAbort(state),
    retry: refusalToRetry(state),
    breakGlass: refusalToBreakGlass(state),
  };
}

const ended = 'The rollout has ended.';
const held = 'The rollout waits for its gates.';
const heldByWindow =
  'A window holds the rollout; it goes on by itself when that opens.';
const returning = 'Traffic is returning to the release before.';

function refusalToPause(state: RolloutState): string | undefined {
  if (hasEnded(state)) return ended;
  if (state.phase === 'held') return held;
  if (state.undo) return returning;
  if (state.request.kind === 'scale')
    return 'Only the number of copies changes, which cannot wait.';
  if (state.pausedByPerson) return 'The rollout is paused already.';
  if (waitName(state)) return 'The rollout waits for a person already.';
  return undefined;
}

function refusalToResume(state: RolloutState): string | undefined {
  if (hasEnded(state)) return ended;
  if (state.phase === 'held') return held;
  return state.pausedByPerson
    ? undefined
    : 'Nobody paused the rollout; use promote to go on to the next step.';
}

function refusalToPromote(state: RolloutState): string | undefined {
  if (hasEnded(state)) return ended;
  if (state.phase === 'held') return held;
  if (state.undo) return returning;
  if (state.attention !== undefined) return 'Something failed: retry or abort.';
  if (state.windowCheck?.hold) return heldByWindow;
  if (state.inconclusive) return undefined;
  return state.plan[state.current].kind === 'pause'
    ? undefined
    : 'The current step is under way; it can be promoted when it waits.';
}

function refusalToPromoteFull(state: RolloutState): string | undefined {
  if (hasEnded(state)) return ended;
  if (state.phase === 'held') return held;
  if (state.undo) return returning;
  if (state.attention !== undefined) return 'Something failed: retry or abort.';
  const promote = state.plan.findIndex(({ kind }) => kind === 'promote');
  return promote > state.current && state.skipTo === undefined
    ? undefined
    : 'There are no steps left to skip.';
}

function refusalToAbort(state: RolloutState): string | undefined {
  if (hasEnded(state)) return ended;
  return state.undo ? returning : undefined;
}

function refusalToRetry(state: RolloutState): string | undefined {
  if (state.phase === 'succeeded') return 'The rollout has succeeded.';
  if (hasEnded(state))
    return state.request.kind === 'scale'
      ? 'Ask for the number of copies again.'
      : undefined;
  return state.attention !== undefined || state.inconclusive
    ? undefined
    : 'Nothing has failed.';
}

function refusalToBreakGlass(state: RolloutState): string | undefined {
  if (state.phase !== 'held' && !state.windowCheck?.hold)
    return 'The rollout does not wait for gates.';
  if (state.pausedByPerson) return 'Somebody paused the rollout: resume it.';
  if (state.gates?.breakGlass) return 'The glass is broken already.';
  return state.gates?.facts.rejection
    ? 'The release was rejected, and break-glass does not change that.'
    : undefined;
}
