import type { ChangeEvent } from './events';
import type { ChangeState } from './state';

/** A change after one more event. Pure. */
export function evolve(
  state: ChangeState | undefined,
  event: ChangeEvent,
): ChangeState {
  if (event.type === 'change.asked')
    return {
      asked: event.asked,
      phase: event.asked.kind === 'policy' ? 'held' : 'preparing',
      step: 0,
      ours: [],
    };
  if (!state) throw new TypeError(`${event.type} before change.asked`);
  switch (event.type) {
    case 'change.prepared':
      return {
        ...nextStep(state),
        phase: 'applying',
        before: event.before,
        wanted: event.wanted,
        ours: event.ours,
      };
    case 'change.admitted':
      return { ...withoutWait(state), phase: 'preparing' };
    case 'change.placed':
      return { ...state, before: event.before, order: event.order };
    case 'change.limited':
      return { ...nextStep(state), phase: 'applying', limits: event.limits };
    case 'change.held':
      return {
        ...state,
        waitsFor: event.reason,
        ...(event.rolloutId && { rolloutId: event.rolloutId }),
      };
    case 'change.applied':
      return { ...withoutWait(state), phase: 'active', applied: true };
    case 'change.ending':
      return { ...nextStep(state), phase: 'reverting', end: event.end };
    case 'change.stuck':
      return {
        ...withoutWait(state),
        phase: 'stuck',
        problem: event.reason,
        stuckAt: event.at,
      };
    case 'change.retried':
      return { ...nextStep(state), phase: 'reverting' };
    default:
      return {
        ...withoutWait(state),
        phase: event.end.as === 'failed' ? 'failed' : 'ended',
        end: event.end,
        outcome: event.outcome,
      };
  }
}

function nextStep(state: ChangeState): ChangeState {
  return { ...withoutWait(state), step: state.step + 1 };
}

function withoutWait({
  waitsFor: _waitsFor,
  rolloutId: _rolloutId,
  stuckAt: _stuckAt,
  ...rest
}: ChangeState): ChangeState {
  return rest;
}
