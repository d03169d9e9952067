import type {
  AnalysisState,
  ReleaseSummary,
  Rollout,
  Scoring,
  StepState,
} from '@slipway/backstage-plugin-delivery-common';
import {
  analysisVerdict,
  metricLimits,
  type MetricProgress,
} from '../analysis/metricProgress';
import { comparisonSettings } from '../analysis/comparison/settings';
import { scoreOf } from '../analysis/score';
import { gatesView } from '../gates/view';
import { heldInWords } from '../windows/inWords';
import { waitName } from './pending';
import { stepTitle } from './plan';
import type {
  PlannedStep,
  RolloutState,
  RunRelease,
  StepProgress,
} from './state';

/** A rollout as the API shows it, but for what depends on the caller. */
export type RolloutDocument = Omit<Rollout, 'allowedActions'>;

/** The facts of a rollout as the API shows them. Pure. */
export function rolloutView(
  id: string,
  version: number,
  state: RolloutState,
): RolloutDocument {
  const { request } = state;
  const { target } = request;
  const wait = waitName(state);
  return {
    id,
    version,
    kind: request.kind,
    componentRef: target.componentRef,
    componentTitle: target.componentTitle,
    environmentRef: target.environmentRef,
    environmentName: target.environmentName,
    tier: target.tier,
    runtime: target.runtime,
    release: releaseSummary(request.release),
    ...(request.previous && {
      previousRelease: releaseSummary(request.previous),
    }),
    strategy: request.strategy,
    replicas: request.replicas,
    progressDeadlineSeconds: request.progressDeadlineSeconds,
    phase:
      (wait && !state.undo && state.phase !== 'held') || state.windowCheck?.hold
        ? 'paused'
        : state.phase,
    ...messageOf(state),
    ...waiting(state, wait),
    currentStepIndex: state.current,
    steps: state.plan.map((step, index) =>
      stepView(step, progressAt(state, index), index),
    ),
    weight: state.goal?.weight ?? 0,
    weightHistory: state.weightHistory,
    ...(state.observation && { observation: state.observation }),
    requestedBy: request.requestedBy,
    ...(request.reason && { reason: request.reason }),
    ...(request.retryOf && { retryOf: request.retryOf }),
    ...(request.promotion && {
      promotion: { id: request.promotion.id, stage: request.promotion.stage },
    }),
    ...(state.gates && { gates: gatesView(state.gates) }),
    createdAt: instant(state.startedAt),
    updatedAt: instant(state.updatedAt),
    ...(state.finishedAt !== undefined && {
      finishedAt: instant(state.finishedAt),
    }),
  };
}

/** What pages need of a release. */
function releaseSummary(release: RunRelease): ReleaseSummary {
  return {
    id: release.releaseId,
    version: release.version,
    digest: release.digest,
    ...(release.commit && { commit: release.commit }),
  };
}

function waiting(
  state: RolloutState,
  wait: ReturnType<typeof waitName>,
): Pick<RolloutDocument, 'waitingFor' | 'waitReason'> {
  if (wait) return { waitingFor: 'person', waitReason: wait };
  if (state.phase === 'held') return { waitingFor: 'gates' };
  return state.windowCheck?.hold ? { waitingFor: 'window' } : {};
}

function messageOf(state: RolloutState): { message?: string } {
  if (state.message) return { message: state.message };
  if (state.phase === 'held')
    return {
      message: (state.gates?.items ?? [])
        .filter(({ status }) => status === 'waiting' || status === 'failed')
        .map(({ message }) => message)
        .join('; '),
    };
  const hold = state.windowCheck?.hold;
  if (hold) return { message: heldInWords(hold) };
  const running = state.observation?.message;
  const active = state.phase === 'progressing' || state.phase === 'rollingBack';
  return active && running ? { message: running } : {};
}

// One that windows hold has not begun, and is what the rollout waits at.
function progressAt(
  { steps, current, windowCheck }: RolloutState,
  index: number,
): StepProgress {
  return index === current && windowCheck?.hold
    ? { ...steps[index], status: 'paused' }
    : steps[index];
}

function stepView(
  step: PlannedStep,
  progress: StepProgress,
  index: number,
): StepState {
  return {
    index,
    kind: step.kind,
    title: stepTitle(step),
    status: progress.status,
    ...(step.kind === 'setWeight' && { weight: step.weight }),
    ...(step.kind === 'pause' &&
      step.durationMs !== undefined && {
        durationSeconds: step.durationMs / 1000,
      }),
    ...(progress.startedAt !== undefined && {
      startedAt: instant(progress.startedAt),
    }),
    ...(progress.finishedAt !== undefined && {
      finishedAt: instant(progress.finishedAt),
    }),
    ...(progress.message && { message: progress.message }),
    ...(progress.metrics && {
      analysis: analysisView(progress.metrics, progress.scoring),
    }),
  };
}

function analysisView(
  metrics: MetricProgress[],
  scoring: Scoring | undefined,
): AnalysisState {
  const score = scoreOf(metrics, scoring);
  return {
    verdict: analysisVerdict(metrics, scoring),
    ...(score && { score }),
    metrics: metrics.map(({ metric, verdict, message, measurements }) => ({
      name: metric.name,
      provider: Object.keys(metric.provider)[0],
      ...(metric.successCondition && {
        successCondition: metric.successCondition,
      }),
      ...(metric.failureCondition && {
        failureCondition: metric.failureCondition,
      }),
      ...(metric.comparison && {
        comparison: comparisonSettings(metric.comparison),
      }),
      ...metricLimits(metric),
      verdict,
      ...(message && { message }),
      measurements,
    })),
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
