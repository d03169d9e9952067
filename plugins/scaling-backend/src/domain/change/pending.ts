import type { Pending } from '@slipway/workflow-engine';
import type { ChangeEffect, PolicyEffect } from './effects';
import type { AskedPolicy, AskedScale, ChangeState } from './state';

/** How soon it is tried again by itself to put something back, in milliseconds. */
const retryAfterMs = 15 * 60_000;
/** A write's fence is the change's number and the step of the change. */
const stepsOfAChange = 1_000_000;
const attemptTimeoutMs = 60_000;

/** What should be pending in a state. Pure. */
export function pendingOf(
  state: ChangeState,
): Pending<ChangeEffect | PolicyEffect> {
  const { asked } = state;
  return asked.kind === 'policy'
    ? pendingOfPolicy(state, asked)
    : pendingOfScale(state, asked);
}

function pendingOfScale(
  state: ChangeState,
  asked: AskedScale,
): Pending<ChangeEffect> {
  const { phase, step } = state;
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
    default:
      return atRest(state);
  }
}

function pendingOfPolicy(
  state: ChangeState,
  asked: AskedPolicy,
): Pending<PolicyEffect> {
  const { limits, order = 0, phase, rolloutId, step, waitsFor } = state;
  const { approvals, policy, target, via } = asked;
  const lane = { target: `scaling:${target.id}`, timeoutMs: attemptTimeoutMs };
  const timers: Record<string, number> =
    limits?.nextChangeAt === undefined ? {} : { schedule: limits.nextChangeAt };
  const seen = waitsFor === undefined ? {} : { seen: waitsFor };
  const fence = order * stepsOfAChange + step;
  switch (phase) {
    case 'held':
      return {
        effects: [
          {
            key: 'gates',
            // Not in the target's lane: it may take days.
            effect: { kind: 'scaling.gates', target, approvals, ...seen },
            timeoutMs: attemptTimeoutMs,
            retry: { maxAttempts: 200 },
          },
        ],
        timers: {},
        status: { kind: 'running' },
      };
    case 'preparing':
      return {
        effects: [
          {
            ...lane,
            key: 'place',
            effect: { kind: 'scaling.place', target, via },
            retry: { maxAttempts: 10 },
          },
        ],
        timers: {},
        status: { kind: 'running' },
      };
    case 'applying':
      return {
        effects: [
          {
            ...lane,
            key: `apply-${step}`,
            effect: {
              kind: 'scaling.applyPolicy',
              target,
              via,
              policy,
              limits: limits!,
              fence,
              ...seen,
            },
            retry: { maxAttempts: 20, maxDelayMs: 120_000 },
          },
        ],
        timers,
        status: { kind: 'running' },
      };
    case 'active':
      return {
        effects: [],
        timers,
        status: {
          kind: 'waiting',
          wait: limits?.nextChangeAt === undefined ? 'end' : 'schedule',
        },
      };
    case 'reverting':
      // Nothing was placed: people have only been asked.
      if (!state.before)
        return {
          effects: [
            {
              key: `withdraw-${step}`,
              effect: {
                kind: 'scaling.withdraw',
                approvals,
                reason: state.end?.reason ?? asked.reason,
              },
              timeoutMs: attemptTimeoutMs,
              retry: { maxAttempts: 40, maxDelayMs: 120_000 },
            },
          ],
          timers: {},
          status: { kind: 'running' },
        };
      return {
        effects: [
          {
            ...lane,
            key: `remove-${step}`,
            effect: {
              kind: 'scaling.removePolicy',
              target,
              via,
              reason: state.end?.reason ?? asked.reason,
              requestedBy: state.end?.by ?? asked.requestedBy,
              ...(rolloutId && { rolloutId }),
              ...(!state.end?.keepsReplicas && { before: state.before }),
              fence,
              ...seen,
            },
            retry: { maxAttempts: 20, maxDelayMs: 120_000 },
          },
        ],
        timers: {},
        status: { kind: 'running' },
      };
    default:
      return atRest(state);
  }
}

/** Stuck, or over. */
function atRest({ end, phase, problem, stuckAt }: ChangeState): Pending<never> {
  if (phase === 'stuck')
    return {
      effects: [],
      timers: { retry: stuckAt! + retryAfterMs },
      status: { kind: 'waiting', wait: 'person', detail: problem },
    };
  return {
    effects: [],
    timers: {},
    status: {
      kind: phase === 'failed' ? 'failed' : 'succeeded',
      detail: end?.reason,
    },
  };
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
