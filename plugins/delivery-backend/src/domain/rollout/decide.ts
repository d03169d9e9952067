import { ConflictError, InputError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import {
  type DecideContext,
  type Decision,
  decisionBetween,
  type EngineCommand,
} from '@slipway/workflow-engine';
import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import type { StepKindOutcome } from '@slipway/backstage-plugin-delivery-node';
import { durationInWords } from '@slipway/backstage-plugin-slipway-node';
import { analysisVerdict } from '../analysis/metricProgress';
import { scoreInWords, scoreOf } from '../analysis/score';
import { judge, type MeasurementResult } from '../analysis/judge';
import { refusals } from './actions';
import type {
  AnyRolloutCommand,
  RolloutCommand,
  SteeringCommand,
} from './commands';
import { undoGoal } from './desired';
import type {
  GatesEffectResult,
  RolloutEffect,
  WindowsEffectResult,
} from './effects';
import {
  decideGates,
  gatesDue,
  gatesLooked,
  heldReady,
  withdraw,
} from './held';
import { beginStep, goToStep } from './beginStep';
import type { RolloutDomainEvent } from './events';
import { pendingOf } from './pending';
import { planOf } from './plan';
import { resized } from './resize';
import { RolloutStory } from './RolloutStory';
import { hasEnded, type RolloutState } from './state';
import { breakWindowHold, windowsLooked } from './windowHold';

/** What a rollout does about a command: events, and with them all that has to be asked of the world. Pure. */
export function decide(
  state: RolloutState | undefined,
  command: AnyRolloutCommand,
  context: Pick<DecideContext, 'now'>,
): Decision<RolloutDomainEvent, RolloutEffect> {
  const story = new RolloutStory(state, context.now);
  tell(story, command);
  return toDecision(state, story, command);
}

function tell(story: RolloutStory, command: AnyRolloutCommand): void {
  if (command.type === 'start') {
    if (story.state) throw new ConflictError('The rollout has started already');
    start(story, command);
    return;
  }
  const { state } = story;
  if (!state) throw new InputError(`A rollout begins with 'start'`);
  switch (command.type) {
    case 'vote':
    case 'withdrawVote':
    case 'takeTurn':
      decideGates(story, state, command);
      return;
    case 'breakGlass':
      if (state.windowCheck) breakWindowHold(story, state, command);
      else decideGates(story, state, command);
      return;
    case 'effect.succeeded':
      if (isPending(state, command.key)) succeeded(story, state, command);
      return;
    case 'effect.failed':
      if (isPending(state, command.key)) failed(story, state, command);
      return;
    case 'timer.fired':
      fired(story, state, command.name);
      return;
    default:
      ordered(story, state, command);
  }
}

// A result can arrive after a person has changed the rollout's course; it is no longer asked for then.
function isPending(state: RolloutState, key: string): boolean {
  return pendingOf(state).effects.some(effect => effect.key === key);
}

function start(
  story: RolloutStory,
  { request, gates, queued }: Extract<RolloutCommand, { type: 'start' }>,
): void {
  story.add({
    type: 'rollout.started',
    request,
    plan: planOf(request),
    ...(gates && { gates }),
  });
  if (gates) {
    if (queued || !heldReady(story)) return;
    story.add({ type: 'gates.passed' });
  }
  beginStep(story, 0);
}

function ordered(
  story: RolloutStory,
  state: RolloutState,
  { type, reason }: SteeringCommand,
): void {
  const refusal = refusals(state)[type];
  if (refusal) throw new ConflictError(refusal);
  const because = reason ? { reason } : {};
  switch (type) {
    case 'pause':
      story.add({ type: 'rollout.paused', ...because });
      return;
    case 'resume':
      story.add({ type: 'rollout.resumed', ...because });
      return;
    case 'promote':
      story.add({ type: 'rollout.promoted', ...because });
      nextStep(story);
      return;
    case 'promoteFull':
      promoteFully(story, state, because);
      return;
    case 'abort':
      if (state.phase === 'held') {
        withdraw(story, because);
        return;
      }
      takeBack(story, 'aborted', 'Aborted by a person', because);
      return;
    case 'retry':
      if (hasEnded(state))
        throw new ConflictError('An ended rollout is retried as a new one');
      story.add({ type: 'rollout.retried', ...because });
      return;
    default:
      throw new InputError(`Unknown command ${String(type)}`);
  }
}

function promoteFully(
  story: RolloutStory,
  state: RolloutState,
  because: { reason?: string },
): void {
  const skipTo = state.plan.findIndex(({ kind }) => kind === 'promote');
  story.add({ type: 'rollout.promoted', skipTo, ...because });
  const kind = state.plan[state.current].kind;
  const changesNothing =
    kind === 'pause' || kind === 'analysis' || kind === 'plugin';
  // A step that only waits or looks is left at once; one that changes the target is finished first, once it has begun.
  if (changesNothing || state.windowCheck) nextStep(story, 'skipped');
}

function succeeded(
  story: RolloutStory,
  state: RolloutState,
  command: Extract<EngineCommand, { type: 'effect.succeeded' }>,
): void {
  switch (command.kind) {
    case 'delivery.gates':
      gatesLooked(story, state, command.result as unknown as GatesEffectResult);
      return;
    case 'delivery.windows':
      windowsLooked(
        story,
        state,
        command.result as unknown as WindowsEffectResult,
      );
      return;
    case 'delivery.prepare':
    case 'delivery.conclude':
      nextStep(story);
      return;
    case 'delivery.converge':
    case 'delivery.watch':
      observed(story, state, command.result, command.kind);
      return;
    case 'delivery.measure':
      measured(story, command.result as unknown as MeasureEffectResult);
      return;
    case 'delivery.step':
      stepRan(story, state, command.result as unknown as StepKindOutcome);
      return;
    default:
      throw new InputError(`Unknown effect ${command.kind}`);
  }
}

function observed(
  story: RolloutStory,
  state: RolloutState,
  result: JsonValue | undefined,
  kind: 'delivery.converge' | 'delivery.watch',
): void {
  const observation = result as unknown as Observation;
  story.add({ type: 'target.observed', observation });
  if (state.undo) {
    if (observation.converged) endUndone(story, state.undo);
    return;
  }
  if (state.request.kind === 'scale') {
    resized(story, state, observation);
    return;
  }
  const ill = observation.versions.find(
    ({ releaseId, health }) =>
      releaseId === state.request.release.releaseId && health === 'degraded',
  );
  if (ill) {
    takeBack(
      story,
      'rolledBack',
      `The new release is not well${ill.message ? `: ${ill.message}` : ''}`,
    );
    return;
  }
  if (kind === 'delivery.converge' && observation.converged) nextStep(story);
}

function endUndone(
  story: RolloutStory,
  { outcome, message }: NonNullable<RolloutState['undo']>,
): void {
  story.add({
    type: outcome === 'aborted' ? 'rollout.aborted' : 'rollout.rolledBack',
    message,
  });
}

/** What the effect `delivery.measure` answers. */
export interface MeasureEffectResult {
  metric: string;
  measured: MeasurementResult;
}

function measured(story: RolloutStory, result: MeasureEffectResult): void {
  const { state } = story;
  const progress = state?.steps[state.current].metrics?.find(
    ({ metric }) => metric.name === result.metric,
  );
  if (!progress) return;
  const after = story.add({
    type: 'metric.measured',
    metric: result.metric,
    measurement: judge(progress.metric, result.measured, story.now),
  });
  const { metrics = [], scoring } = after.steps[after.current];
  const score = scoreOf(metrics, scoring);
  const words = (...verdicts: string[]) =>
    metrics
      .filter(({ verdict }) => verdicts.includes(verdict))
      .map(
        metric => `${metric.metric.name}: ${metric.message ?? metric.verdict}`,
      )
      .join('; ')
      .concat(score ? `. ${scoreInWords(score)}` : '');
  switch (analysisVerdict(metrics, scoring)) {
    case 'successful':
      nextStep(story);
      return;
    case 'failed':
      takeBack(story, 'rolledBack', `Verification failed. ${words('failed')}`);
      return;
    case 'inconclusive':
      story.add({
        type: 'analysis.inconclusive',
        message: `Verification could not tell. ${words('inconclusive', ...(score ? ['failed'] : []))}`,
      });
      return;
    case 'error':
      story.add({
        type: 'attention.needed',
        message: `Verification could not be carried out. ${words('error')}`,
      });
      return;
    default:
  }
}

function stepRan(
  story: RolloutStory,
  state: RolloutState,
  outcome: StepKindOutcome,
): void {
  switch (outcome.status) {
    case 'running':
      story.add({
        type: 'step.ran',
        index: state.current,
        afterMs: outcome.afterMs,
        ...(outcome.message && { message: outcome.message }),
      });
      return;
    case 'failed':
      takeBack(story, 'rolledBack', outcome.message);
      return;
    default:
      nextStep(story, 'succeeded', outcome.message);
  }
}

function failed(
  story: RolloutStory,
  state: RolloutState,
  command: Extract<EngineCommand, { type: 'effect.failed' }>,
): void {
  const { error, reason, kind, attempts } = command;
  const wrongForGood =
    reason === 'not-retryable' &&
    kind !== 'delivery.watch' &&
    kind !== 'delivery.gates' &&
    kind !== 'delivery.windows';
  // Nobody waits for a number of copies: whoever asked for it hears that it did not come, and what runs goes on.
  if (state.request.kind === 'scale' || (wrongForGood && !state.undo)) {
    takeBack(story, 'rolledBack', error.message);
    return;
  }
  story.add({
    type: 'attention.needed',
    message: `${error.message} (given up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'})`,
  });
}

function fired(story: RolloutStory, state: RolloutState, name: string): void {
  const pending = pendingOf(state).timers[name];
  if (pending === undefined || pending > story.now) return;
  if (name === 'pause') {
    nextStep(story);
    return;
  }
  if (name === 'gates') {
    gatesDue(story, state);
    return;
  }
  const limit = durationInWords(state.request.progressDeadlineSeconds * 1000);
  if (state.undo) {
    story.add({
      type: 'attention.needed',
      message: `The release before did not come back within ${limit}`,
    });
    return;
  }
  if (state.request.kind === 'scale') {
    nextStep(story);
    return;
  }
  takeBack(
    story,
    'rolledBack',
    `No progress within ${limit}${lastWords(state)}`,
  );
}

function lastWords(state: RolloutState): string {
  const version = state.observation?.versions.find(
    ({ releaseId }) => releaseId === state.request.release.releaseId,
  );
  const words = version?.message ?? state.observation?.message;
  return words ? `: ${words}` : '';
}

function takeBack(
  story: RolloutStory,
  outcome: 'rolledBack' | 'aborted',
  message: string,
  because: { reason?: string } = {},
): void {
  const undo = { outcome, message };
  if (story.state?.request.kind === 'scale') {
    endUndone(story, undo);
    return;
  }
  const touched = story.state?.goal !== undefined;
  story.add({
    type: 'rollback.started',
    outcome,
    message,
    goal: undoGoal,
    ...because,
  });
  // Before the first change of the target there is nothing to take back.
  if (!touched) endUndone(story, undo);
}

function nextStep(
  story: RolloutStory,
  status: 'succeeded' | 'skipped' = 'succeeded',
  message?: string,
): void {
  const { state } = story;
  if (!state) return;
  story.add({
    type: 'step.finished',
    index: state.current,
    status,
    ...(message && { message }),
  });
  const next = state.current + 1;
  const skipTo = state.skipTo ?? next;
  for (let index = next; index < skipTo; index++)
    story.add({ type: 'step.finished', index, status: 'skipped' });
  goToStep(story, Math.max(next, skipTo));
}

function toDecision(
  before: RolloutState | undefined,
  story: RolloutStory,
  command: AnyRolloutCommand,
): Decision<RolloutDomainEvent, RolloutEffect> {
  if (!story.state) throw new TypeError('A decision without a state');
  const decision = decisionBetween(
    before && pendingOf(before),
    pendingOf(story.state),
    { events: story.events, command },
  );
  return {
    ...decision,
    effects: decision.effects?.map(effect => delayed(effect, story)),
  };
}

// How long a custom step wants to be left alone is told by its event, not kept in the state.
function delayed(
  effect: ReturnType<typeof pendingOf>['effects'][number],
  story: RolloutStory,
) {
  const last = story.events[story.events.length - 1];
  return last?.type === 'step.ran' && effect.effect.kind === 'delivery.step'
    ? { ...effect, notBefore: story.now + last.afterMs }
    : effect;
}
