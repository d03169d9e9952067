import {
  analysisVerdict,
  addMeasurement,
  startMetric,
} from '../analysis/metricProgress';
import { askGates, evolveGates } from '../gates/evolveGates';
import type { GateEvent } from '../gates/events';
import type { GateFacts } from '../gates/facts';
import type { GatesState } from '../gates/state';
import type { RolloutDomainEvent } from './events';
import type { Goal, RolloutState, StepProgress } from './state';

/** The facts after one more event. Pure. */
export function evolve(
  state: RolloutState | undefined,
  event: RolloutDomainEvent,
): RolloutState {
  if (event.type === 'rollout.started') {
    return {
      request: event.request,
      plan: event.plan,
      steps: event.plan.map(() => ({ status: 'pending' })),
      current: 0,
      phase: event.gates ? 'held' : 'pending',
      ...(event.gates && {
        gates: askGates(event.gates, {
          by: event.request.requestedBy,
          at: event.at,
          inTurn: event.request.promotion?.inTurn,
        }),
      }),
      startedAt: event.at,
      updatedAt: event.at,
      pausedByPerson: false,
      inconclusive: false,
      generation: event.request.generation,
      canaryScale: { mode: 'match' },
      weightSince: event.at,
      weightHistory: [],
      looks: 0,
      tries: 0,
      stepRuns: 0,
    };
  }
  if (!state) throw new TypeError(`${event.type} before rollout.started`);
  return { ...apply(state, event), updatedAt: event.at };
}

function apply(
  state: RolloutState,
  event: Exclude<RolloutDomainEvent, { type: 'rollout.started' }>,
): RolloutState {
  switch (event.type) {
    case 'gates.due':
    case 'gates.looked':
    case 'gates.voted':
    case 'gates.voteWithdrawn':
    case 'gates.voided':
    case 'gates.broken':
    case 'gates.turn':
    case 'gates.passed':
    case 'gates.closed':
      return withGates(state, event);
    case 'gates.windows':
      return withWindows(state, event);
    case 'rollout.begun':
      return {
        ...state,
        request: {
          ...state.request,
          previous: event.previous,
          previousReplicas: event.previousReplicas,
          generation: event.generation,
        },
        plan: event.plan,
        steps: event.plan.map(() => ({ status: 'pending' })),
        generation: event.generation,
        phase: 'pending',
      };
    case 'step.due':
      return {
        ...state,
        current: event.index,
        phase: 'progressing',
        message: undefined,
        inconclusive: false,
        attention: undefined,
        deadlineAt: undefined,
        windowCheck: {
          ...state.windowCheck,
          looks: (state.windowCheck?.looks ?? 0) + 1,
        },
      };
    case 'step.started': {
      const step = state.plan[event.index];
      const started: RolloutState = {
        ...state,
        current: event.index,
        phase: step.kind === 'prepare' ? 'preparing' : 'progressing',
        message: undefined,
        inconclusive: false,
        attention: undefined,
        windowCheck: undefined,
        stepRuns: 0,
        canaryScale: event.canaryScale ?? state.canaryScale,
        skipTo:
          state.skipTo !== undefined && event.index < state.skipTo
            ? state.skipTo
            : undefined,
        deadlineAt: deadline(state, event.at),
        steps: withStep(state, event.index, {
          status: step.kind === 'pause' ? 'paused' : 'running',
          startedAt: event.at,
          ...(event.pauseUntil !== undefined && {
            pauseUntil: event.pauseUntil,
          }),
          ...(step.kind === 'analysis' && {
            metrics: step.template.metrics.map(metric =>
              startMetric(metric, event.at),
            ),
            ...(step.template.scoring && { scoring: step.template.scoring }),
          }),
        }),
      };
      return event.goal ? withGoal(started, event.goal, event.at) : started;
    }
    case 'step.finished':
      return {
        ...state,
        steps: withStep(state, event.index, {
          status: event.status,
          finishedAt: event.at,
          ...(event.message && { message: event.message }),
        }),
      };
    case 'step.ran':
      return {
        ...state,
        stepRuns: state.stepRuns + 1,
        steps: withStep(state, event.index, { message: event.message }),
      };
    case 'target.observed':
      return {
        ...state,
        observation: event.observation,
        looks: state.looks + 1,
        deadlineAt: madeProgress(state, event.observation)
          ? deadline(state, event.at)
          : state.deadlineAt,
      };
    case 'metric.measured':
      return {
        ...state,
        steps: withStep(state, state.current, {
          metrics: state.steps[state.current].metrics?.map(progress =>
            progress.metric.name === event.metric
              ? addMeasurement(progress, event.measurement, event.at)
              : progress,
          ),
        }),
      };
    case 'analysis.inconclusive':
      return { ...state, inconclusive: true, message: event.message };
    case 'rollout.paused':
      return { ...state, pausedByPerson: true };
    case 'rollout.resumed':
      return {
        ...state,
        pausedByPerson: false,
        tries: state.tries + 1,
        deadlineAt: deadline(state, event.at),
      };
    case 'rollout.promoted':
      return {
        ...state,
        pausedByPerson: false,
        inconclusive: false,
        skipTo: event.skipTo ?? state.skipTo,
      };
    case 'attention.needed':
      return { ...state, attention: event.message, message: event.message };
    case 'rollout.retried':
      return {
        ...state,
        attention: undefined,
        inconclusive: false,
        message: undefined,
        tries: state.tries + 1,
        deadlineAt: deadline(state, event.at),
        steps: withStep(state, state.current, {
          metrics: state.steps[state.current].metrics?.map(progress =>
            // A failed one can only be a comparison whose score left the decision to a person.
            progress.verdict === 'successful' || progress.verdict === 'running'
              ? progress
              : startMetric(progress.metric, event.at),
          ),
        }),
      };
    case 'rollback.started':
      return withGoal(
        {
          ...state,
          phase: 'rollingBack',
          undo: { outcome: event.outcome, message: event.message },
          message: event.message,
          pausedByPerson: false,
          inconclusive: false,
          attention: undefined,
          windowCheck: undefined,
          skipTo: undefined,
          deadlineAt: deadline(state, event.at),
          steps: state.steps.map(step => endStep(step, event.at)),
        },
        event.goal,
        event.at,
      );
    case 'rollout.succeeded':
      return ended(state, 'succeeded', event);
    case 'rollout.rolledBack':
      return ended(state, 'rolledBack', event);
    case 'rollout.aborted':
      return ended(state, 'aborted', event);
    default:
      return assertNever(event);
  }
}

function withGates(
  state: RolloutState,
  event: GateEvent & { at: number },
): RolloutState {
  if (!state.gates) throw new TypeError(`${event.type} without gates`);
  return { ...state, gates: evolveGates(state.gates, event) };
}

function withWindows(
  state: RolloutState,
  event: Extract<RolloutDomainEvent, { type: 'gates.windows' }>,
): RolloutState {
  const { windows, facts, at } = event;
  const { gates = facts && begunWithoutGates(state, facts, at) } = state;
  if (!gates || !state.windowCheck)
    throw new TypeError('Windows hold a rollout that asks for none');
  return {
    ...state,
    gates: evolveGates(gates, event),
    windowCheck: {
      looks: state.windowCheck.looks + 1,
      ...(!windows.open && { hold: windows }),
    },
  };
}

function begunWithoutGates(
  { request, startedAt }: RolloutState,
  facts: GateFacts,
  at: number,
): GatesState {
  const asked = askGates(facts, { by: request.requestedBy, at: startedAt });
  return evolveGates(asked, { type: 'gates.passed', at });
}

function ended(
  state: RolloutState,
  phase: 'succeeded' | 'rolledBack' | 'aborted',
  event: { at: number; message: string },
): RolloutState {
  return {
    ...state,
    phase,
    message: event.message,
    finishedAt: event.at,
    attention: undefined,
    deadlineAt: undefined,
  };
}

function withGoal(state: RolloutState, goal: Goal, at: number): RolloutState {
  const shifted = (state.goal?.weight ?? 0) !== goal.weight || !state.goal;
  return {
    ...state,
    goal,
    generation: state.generation + 1,
    weightSince: shifted ? at : state.weightSince,
    weightHistory: shifted
      ? [
          ...state.weightHistory,
          { at: new Date(at).toISOString(), weight: goal.weight },
        ]
      : state.weightHistory,
  };
}

function withStep(
  state: RolloutState,
  index: number,
  change: Partial<StepProgress>,
): StepProgress[] {
  return state.steps.map((step, i) =>
    i === index ? { ...step, ...change } : step,
  );
}

function endStep(step: StepProgress, at: number): StepProgress {
  if (step.status === 'pending') return { ...step, status: 'skipped' };
  if (step.status !== 'running' && step.status !== 'paused') return step;
  const failed =
    step.metrics && analysisVerdict(step.metrics, step.scoring) === 'failed';
  return {
    ...step,
    status: failed ? 'failed' : 'skipped',
    finishedAt: at,
  };
}

function deadline(state: RolloutState, at: number): number {
  return at + state.request.progressDeadlineSeconds * 1000;
}

function madeProgress(
  state: RolloutState,
  observation: NonNullable<RolloutState['observation']>,
): boolean {
  const ready = (seen: RolloutState['observation']) =>
    seen?.versions.find(
      ({ releaseId }) => releaseId === state.request.release.releaseId,
    )?.readyReplicas ?? 0;
  return ready(observation) > ready(state.observation);
}

function assertNever(event: never): never {
  throw new TypeError(`Unknown event ${JSON.stringify(event)}`);
}
