import type { JsonObject } from '@backstage/types';
import type {
  EffectRequest,
  Pending as PendingOf,
} from '@slipway/workflow-engine';
import type { AnalysisSubject } from '@slipway/backstage-plugin-delivery-node';
import { expiresAt } from '../gates/approval';
import { isReady } from '../gates/evolveGates';
import { factsMark } from '../gates/factsMark';
import { changesAt, nextLookAt } from '../gates/nextLook';
import { heldInWords } from '../windows/inWords';
import { comparisonSettings } from '../analysis/comparison/settings';
import { desiredOf, fingerprint } from './desired';
import type { GatedRequest, RolloutEffect } from './effects';
import {
  hasEnded,
  type PlannedStep,
  type RolloutState,
  type WindowCheck,
} from './state';

type Pending = PendingOf<RolloutEffect>;

/** Retries of calls to a target: about two minutes in all before a person is asked. */
const targetRetry = {
  maxAttempts: 8,
  initialDelayMs: 500,
  factor: 2,
  maxDelayMs: 30_000,
};

/** A measurement that fails is a measurement of verdict `error`; only a lost worker is tried again here. */
const measureRetry = { maxAttempts: 3, initialDelayMs: 500 };

/** Of what may run a command of the release, whose own limit is shorter. */
const commandTimeoutMs = 10 * 60_000;
const callTimeoutMs = 60_000;

/**
 * What should be pending in a state. The decisions only tell events; what to ask of the world follows from here, so
 * the two can never disagree.
 */
export function pendingOf(state: RolloutState): Pending {
  if (hasEnded(state))
    return {
      effects: [],
      timers: {},
      status: {
        kind: state.phase === 'succeeded' ? 'succeeded' : endedBadly(state),
        ...(state.message && { detail: state.message }),
      },
    };
  if (state.phase === 'held') return pendingHeld(state);
  if (state.undo) return pendingUndo(state);
  if (state.windowCheck) return pendingWindows(state, state.windowCheck);

  const step = state.plan[state.current];
  const held = state.pausedByPerson || state.attention !== undefined;
  const pending: Pending = {
    effects: [],
    timers: {},
    status: { kind: 'running' },
  };
  const wait = waitName(state, step);
  if (wait) pending.status = { kind: 'waiting', wait, ...detail(state) };
  if (!held) {
    pending.effects.push(...stepEffects(state, step));
    const pauseUntil = state.steps[state.current].pauseUntil;
    if (step.kind === 'pause' && pauseUntil !== undefined)
      pending.timers.pause = pauseUntil;
    if (!wait && hasDeadline(step) && state.deadlineAt !== undefined)
      pending.timers.deadline = state.deadlineAt;
  }
  const converging = pending.effects.some(
    ({ effect }) => effect.kind === 'delivery.converge',
  );
  // While nothing is being changed, somebody must still see when the new release falls ill.
  if (state.goal && !converging) pending.effects.push(watchEffect(state));
  return pending;
}

function pendingHeld(state: RolloutState): Pending {
  const { gates } = state;
  if (!gates) throw new TypeError('A rollout is held without gates');
  if (state.attention !== undefined)
    return {
      effects: [],
      timers: {},
      status: { kind: 'waiting', wait: 'attention', ...detail(state) },
    };
  const ready = isReady(gates);
  const changes = changesAt(gates);
  const expiry = gates.breakGlass ? undefined : expiresAt(gates);
  if (gates.due || (ready && gates.busyWith === undefined))
    return {
      effects: [
        {
          key: `gates:${gates.looks}:${state.tries}`,
          retry: targetRetry,
          timeoutMs: callTimeoutMs,
          effect: {
            kind: 'delivery.gates',
            take: ready,
            request: gatedRequest(state),
            known: {
              mark: factsMark(gates.facts),
              since: gates.askedAt,
              ...(gates.busyWith !== undefined && { busyWith: gates.busyWith }),
              ...(changes !== undefined && { until: changes }),
            },
          },
        },
      ],
      // Whoever looks may find nothing new for weeks.
      timers: expiry === undefined ? {} : { gates: expiry },
      status: ready ? { kind: 'running' } : { kind: 'waiting', wait: 'gates' },
    };
  const at = nextLookAt(gates);
  return {
    effects: [],
    timers: at === undefined ? {} : { gates: at },
    status: { kind: 'waiting', wait: 'gates' },
  };
}

function gatedRequest({ request }: RolloutState): GatedRequest {
  return {
    componentRef: request.target.componentRef,
    environmentRef: request.target.environmentRef,
    releaseId: request.release.releaseId,
    strategy: request.strategy,
    replicas: request.replicas,
    ...(request.ungated && { ungated: true }),
  };
}

function endedBadly(state: RolloutState): 'failed' | 'cancelled' {
  return state.phase === 'aborted' ? 'cancelled' : 'failed';
}

function detail(state: RolloutState) {
  return state.message ? { detail: state.message } : {};
}

/** The name of the wait, where nothing goes on without a person. */
export function waitName(
  state: RolloutState,
  step: PlannedStep = state.plan[state.current],
):
  | 'attention'
  | 'pausedByPerson'
  | 'inconclusive'
  | 'promotion'
  | 'pauseStep'
  | undefined {
  if (hasEnded(state)) return undefined;
  if (state.attention !== undefined) return 'attention';
  if (state.undo || state.phase === 'held') return undefined;
  if (state.pausedByPerson) return 'pausedByPerson';
  if (state.inconclusive) return 'inconclusive';
  if (step.kind === 'pause' && step.durationMs === undefined)
    return step.promotion ? 'promotion' : 'pauseStep';
  return undefined;
}

/** Between two steps. While windows hold the next one, the new release may still fall ill. */
function pendingWindows(state: RolloutState, check: WindowCheck): Pending {
  const person = waitName(state);
  const { hold } = check;
  const effects = person ? [] : [windowsEffect(state, check)];
  if (state.goal && (person || hold)) effects.push(watchEffect(state));
  if (person)
    return {
      effects,
      timers: {},
      status: { kind: 'waiting', wait: person, ...detail(state) },
    };
  return {
    effects,
    timers: {},
    status: hold
      ? { kind: 'waiting', wait: 'window', detail: heldInWords(hold) }
      : { kind: 'running' },
  };
}

function windowsEffect(
  state: RolloutState,
  { looks, hold }: WindowCheck,
): EffectRequest<RolloutEffect> {
  const { componentRef, environmentRef, tier } = state.request.target;
  return {
    key: `windows:${state.current}:${looks}:${state.tries}`,
    retry: targetRetry,
    timeoutMs: callTimeoutMs,
    effect: {
      kind: 'delivery.windows',
      target: { componentRef, environmentRef, tier },
      ...(!state.gates && { facts: gatedRequest(state) }),
      ...(hold && { seen: hold }),
    },
  };
}

function pendingUndo(state: RolloutState): Pending {
  if (state.attention !== undefined)
    return {
      effects: [],
      timers: {},
      status: { kind: 'waiting', wait: 'attention', ...detail(state) },
    };
  return {
    effects: [convergeEffect(state)],
    timers:
      state.deadlineAt === undefined ? {} : { deadline: state.deadlineAt },
    status: { kind: 'running' },
  };
}

function hasDeadline(step: PlannedStep): boolean {
  // A command has a time limit of its own.
  return !['pause', 'analysis', 'conclude'].includes(step.kind);
}

function stepEffects(
  state: RolloutState,
  step: PlannedStep,
): EffectRequest<RolloutEffect>[] {
  const { request } = state;
  switch (step.kind) {
    case 'prepare':
    case 'conclude':
      return [
        {
          key: `${step.kind}:${state.tries}`,
          target: targetName(state),
          timeoutMs: commandTimeoutMs,
          retry: targetRetry,
          effect: {
            kind: `delivery.${step.kind}`,
            runtime: request.target.runtime,
            target: request.target,
            release: request.release,
          },
        },
      ];
    case 'pause':
      return [];
    case 'analysis':
      return state.inconclusive ? [] : measureEffects(state);
    case 'plugin':
      return [
        {
          key: `step:${state.current}:${state.tries}:${state.stepRuns}`,
          retry: targetRetry,
          timeoutMs: callTimeoutMs,
          effect: {
            kind: 'delivery.step',
            name: step.name,
            config: step.config,
            subject: subjectOf(state),
          },
        },
      ];
    default:
      return [convergeEffect(state)];
  }
}

function convergeEffect(state: RolloutState): EffectRequest<RolloutEffect> {
  return {
    key: `converge:${state.generation}:${state.looks}:${state.tries}`,
    target: targetName(state),
    retry: targetRetry,
    timeoutMs: callTimeoutMs,
    // Traffic that has to be taken back goes before everything else.
    priority: state.undo ? 10 : 0,
    effect: {
      kind: 'delivery.converge',
      runtime: state.request.target.runtime,
      target: state.request.target,
      desired: desiredOf(state),
      seen: fingerprint(state.observation),
    },
  };
}

function watchEffect(state: RolloutState): EffectRequest<RolloutEffect> {
  return {
    key: `watch:${state.generation}:${state.looks}:${state.tries}`,
    target: targetName(state),
    retry: targetRetry,
    timeoutMs: callTimeoutMs,
    effect: {
      kind: 'delivery.watch',
      runtime: state.request.target.runtime,
      target: state.request.target,
      seen: fingerprint(state.observation),
    },
  };
}

function measureEffects(state: RolloutState): EffectRequest<RolloutEffect>[] {
  const metrics = state.steps[state.current].metrics ?? [];
  return metrics
    .filter(({ verdict }) => verdict === 'running')
    .map(({ metric, asked, nextAt }) => {
      const [[provider, query]] = Object.entries(metric.provider);
      return {
        key: `measure:${state.current}:${metric.name}:${state.tries}:${asked}`,
        notBefore: nextAt,
        retry: measureRetry,
        timeoutMs: callTimeoutMs,
        effect: {
          kind: 'delivery.measure' as const,
          metric: metric.name,
          provider,
          query: query as JsonObject,
          ...(metric.comparison && {
            comparison: comparisonSettings(metric.comparison),
          }),
          subject: subjectOf(state),
        },
      };
    });
}

function subjectOf(state: RolloutState): AnalysisSubject {
  const { target, release, previous } = state.request;
  return {
    target,
    releaseId: release.releaseId,
    version: release.version,
    ...(previous && {
      stableReleaseId: previous.releaseId,
      stableVersion: previous.version,
    }),
    since: state.weightSince,
  };
}

function targetName(state: RolloutState): string {
  const { runtime, componentRef, environmentRef } = state.request.target;
  return `${runtime}/${componentRef}@${environmentRef}`;
}
