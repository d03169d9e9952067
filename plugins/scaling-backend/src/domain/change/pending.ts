import type { Pending } from '@slipway/workflow-engine';
import type { ChangeEffect } from './effects';
import type { ChangeState } from './state';

/** How soon it is tried again by itself to put something back, in milliseconds. */
const retryAfterMs = 15 * 60_000;
/** A write's fence is the change's number and the step of the change. */
const stepsOfAChange = 1_000_000;
const attemptTimeoutMs = 60_000;

/** What should be pending in a state. Pure. */
export function pendingOf(state: ChangeState): Pending<ChangeEffect> {
  const { asked, phase, step } = state;
  const { target, until } = asked;
  const timers: Record<string, number> = until === undefined ? {} : { until };
  const lane = { target: `scaling:${target.id}`, timeoutMs: attemptTimeoutMs };
  switch (phase) {
    case 'preparing':
      return {
        effects: [
          {
            ...lane,
            key: 'read',
            effect: { kind: 'scaling.read', target, via: asked.via },
            retry: { maxAttempts: 6 },
          },
        ],
        timers,
        status: { kind: 'running' },
      };
    case 'applying':
      return {
        effects: [
          {
            ...lane,
            key: `apply-${step}`,
            effect: {
              kind: 'scaling.apply',
              setting: state.wanted!,
              ...stepOf(state),
            },
            retry: { maxAttempts: 10 },
          },
        ],
        timers,
        status: { kind: 'running' },
      };
    case 'active':
      return {
        effects: [],
        timers,
        status: { kind: 'waiting', wait: until ? 'until' : 'end' },
      };
    case 'reverting':
      return {
        effects: [
          {
            ...lane,
            key: `revert-${step}`,
            effect: {
              kind: 'scaling.revert',
              before: state.before!,
              ours: state.ours,
              ...stepOf(state),
            },
            retry: { maxAttempts: 20, maxDelayMs: 120_000 },
          },
        ],
        timers: {},
        status: { kind: 'running' },
      };
    case 'stuck':
      return {
        effects: [],
        timers: { retry: state.stuckAt! + retryAfterMs },
        status: { kind: 'waiting', wait: 'person', detail: state.problem },
      };
    default:
      return {
        effects: [],
        timers: {},
        status: {
          kind: phase === 'failed' ? 'failed' : 'succeeded',
          detail: state.end?.reason,
        },
      };
  }
}

function stepOf({ asked, rolloutId, step, waitsFor }: ChangeState) {
  return {
    target: asked.target,
    via: asked.via,
    fence: asked.number * stepsOfAChange + step,
    reason: asked.reason,
    requestedBy: asked.requestedBy,
    ...(waitsFor && { seen: waitsFor }),
    ...(rolloutId && { rolloutId }),
  };
}
