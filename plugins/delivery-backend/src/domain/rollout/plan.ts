import type {
  AnalysisTemplate,
  Step,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type { JsonObject } from '@backstage/types';
import {
  durationInWords,
  durationMs,
} from '@slipway/backstage-plugin-slipway-node';
import type { CanaryScale, PlannedStep, RolloutRequest } from './state';

/** The steps of what was asked for, in order. */
export function planOf({
  concludes,
  kind,
  previous,
  previousReplicas,
  replicas,
  strategy,
  verification,
}: Pick<
  RolloutRequest,
  | 'concludes'
  | 'kind'
  | 'previous'
  | 'previousReplicas'
  | 'replicas'
  | 'strategy'
  | 'verification'
>): PlannedStep[] {
  return kind === 'scale'
    ? [{ kind: 'resize', from: previousReplicas, to: replicas }]
    : planSteps({
        kind,
        strategy,
        hasPrevious: previous !== undefined,
        verification,
        concludes,
      });
}

/**
 * The steps of a rollout, in order. A component's first rollout has nothing to compare with or shift traffic from,
 * so it goes straight there; a rollback wants to be quick.
 */
function planSteps(options: {
  kind: 'rollout' | 'rollback';
  strategy: Strategy;
  hasPrevious: boolean;
  /** Of the pipeline's stage: when all traffic goes to the release, while the one before can still come back at once. */
  verification?: AnalysisTemplate;
  /** Of the release, in the same moment. */
  concludes?: boolean;
}): PlannedStep[] {
  const steps = stepsOf(options);
  const { concludes, kind, verification } = options;
  if (kind === 'rollback') return steps;
  const shifted = steps.findIndex(
    step => step.kind === 'promote' || step.kind === 'roll',
  );
  return steps.toSpliced(
    shifted + 1,
    0,
    // First what ends by itself, and what takes its time only if that went well.
    ...(concludes ? [{ kind: 'conclude' as const }] : []),
    ...(verification
      ? [{ kind: 'analysis' as const, template: verification }]
      : []),
  );
}

function stepsOf({
  kind,
  strategy,
  hasPrevious,
}: Parameters<typeof planSteps>[0]): PlannedStep[] {
  if (!hasPrevious) return [{ kind: 'prepare' }, { kind: 'promote' }];
  if (kind === 'rollback')
    return [
      { kind: 'prepare' },
      { kind: 'scale' },
      { kind: 'promote' },
      { kind: 'retire' },
    ];
  if (strategy.canary)
    return [
      { kind: 'prepare' },
      ...strategy.canary.steps.map(plannedCanaryStep),
      { kind: 'promote' },
      { kind: 'retire' },
    ];
  if (strategy.blueGreen) return blueGreenSteps(strategy.blueGreen);
  return [
    { kind: 'prepare' },
    {
      kind: 'roll',
      maxSurge: strategy.rolling?.maxSurge ?? 1,
      maxUnavailable: strategy.rolling?.maxUnavailable ?? 0,
    },
  ];
}

function plannedCanaryStep(step: Step): PlannedStep {
  if (step.setWeight !== undefined)
    return { kind: 'setWeight', weight: step.setWeight };
  if (step.analysis) return { kind: 'analysis', template: step.analysis };
  if (step.setCanaryScale)
    return { kind: 'setCanaryScale', scale: canaryScale(step.setCanaryScale) };
  if (step.plugin)
    return {
      kind: 'plugin',
      name: step.plugin.name,
      config: (step.plugin.config ?? {}) as JsonObject,
    };
  return {
    kind: 'pause',
    ...(step.pause?.duration !== undefined && {
      durationMs: durationMs(step.pause.duration),
    }),
  };
}

function canaryScale(scale: NonNullable<Step['setCanaryScale']>): CanaryScale {
  if (scale.replicas !== undefined)
    return { mode: 'replicas', replicas: scale.replicas };
  if (scale.weight !== undefined)
    return { mode: 'weight', weight: scale.weight };
  return { mode: 'match' };
}

function blueGreenSteps(
  blueGreen: NonNullable<Strategy['blueGreen']>,
): PlannedStep[] {
  const steps: PlannedStep[] = [{ kind: 'prepare' }, { kind: 'scale' }];
  if (blueGreen.prePromotionAnalysis)
    steps.push({ kind: 'analysis', template: blueGreen.prePromotionAnalysis });
  if (blueGreen.autoPromotionEnabled === false)
    steps.push({ kind: 'pause', promotion: true });
  else if (blueGreen.autoPromotionSeconds)
    steps.push({
      kind: 'pause',
      durationMs: blueGreen.autoPromotionSeconds * 1000,
    });
  steps.push({ kind: 'promote' });
  if (blueGreen.postPromotionAnalysis)
    steps.push({ kind: 'analysis', template: blueGreen.postPromotionAnalysis });
  const delay = blueGreen.scaleDownDelaySeconds ?? 30;
  if (delay > 0) steps.push({ kind: 'pause', durationMs: delay * 1000 });
  steps.push({ kind: 'retire' });
  return steps;
}

/** A step in words. */
export function stepTitle(step: PlannedStep): string {
  switch (step.kind) {
    case 'prepare':
      return 'Fetch the artifact';
    case 'scale':
      return 'Start the new release beside the old one, without traffic';
    case 'resize':
      return `Run ${copies(step.to)} instead of ${step.from}`;
    case 'roll':
      return `Replace copies one after the other (up to ${step.maxSurge} more, ${step.maxUnavailable} fewer at a time)`;
    case 'setWeight':
      return `Send ${step.weight} % of traffic to the new release`;
    case 'setCanaryScale':
      return scaleTitle(step.scale);
    case 'pause':
      if (step.durationMs !== undefined)
        return `Wait ${durationInWords(step.durationMs)}`;
      return step.promotion
        ? 'Wait until a person promotes'
        : 'Wait for a person';
    case 'analysis':
      return `Verify ${step.template.metrics.map(({ name }) => name).join(', ')}`;
    case 'plugin':
      return `Run ${step.name}`;
    case 'promote':
      return 'Send all traffic to the new release';
    case 'conclude':
      return 'Run the command of the release after its rollout';
    case 'retire':
      return 'Stop the old release';
    default:
      return assertNever(step);
  }
}

function scaleTitle(scale: CanaryScale): string {
  switch (scale.mode) {
    case 'replicas':
      return `Run ${copies(scale.replicas)} of the new release`;
    case 'weight':
      return `Run ${scale.weight} % of the copies with the new release`;
    default:
      return 'Run as many copies of the new release as its traffic needs';
  }
}

/** Such as `3 copies`. */
export function copies(count: number): string {
  return `${count} ${count === 1 ? 'copy' : 'copies'}`;
}

function assertNever(step: never): never {
  throw new TypeError(`Unknown step ${JSON.stringify(step)}`);
}
