import type {
  ScalingPolicy,
  ScalingTarget,
  WhatIf,
  WhatIfOutcome,
} from '@slipway/backstage-plugin-scaling-common';
import type { ReplicaCost } from './price';
import type { Recorded } from './recorded';
import { replay, type ReplayedStep } from './replay';

const mostChanges = 100;

/** How a policy would have fared with the recorded load, beside how it was. */
export function whatIf(
  recorded: Recorded,
  policy: ScalingPolicy,
  options: {
    tier: ScalingTarget['tier'];
    startupSeconds: number;
    startupAssumed: boolean;
    cost: ReplicaCost;
  },
): WhatIf {
  const { cost, startupAssumed, startupSeconds } = options;
  const { steps, changes } = replay(recorded, policy, options);
  const perHour = 'price' in cost ? cost.price.perReplicaHour : undefined;
  const { stepSeconds } = recorded;
  return {
    stepSeconds,
    startupSeconds,
    startupAssumed,
    recorded: outcome(steps, stepSeconds, perHour, step => ({
      replicas: step.recordedReplicas,
      peak: step.recordedReplicas,
      secondsOver: step.recordedSecondsOver,
    })),
    simulated: outcome(steps, stepSeconds, perHour, step => ({
      replicas: step.simulatedReplicas,
      peak: step.simulatedPeak,
      secondsOver: step.simulatedSecondsOver,
    })),
    ...cost,
    series: steps.map(
      ({
        recordedSecondsOver: _recorded,
        simulatedPeak: _peak,
        simulatedSecondsOver: _simulated,
        at,
        ...step
      }) => ({ at: instant(at), ...step }),
    ),
    changes: changes
      .slice(0, mostChanges)
      .map(({ at, ...change }) => ({ at: instant(at), ...change })),
    totalChanges: changes.length,
  };
}

function outcome(
  steps: readonly ReplayedStep[],
  stepSeconds: number,
  perReplicaHour: number | undefined,
  of: (step: ReplayedStep) => {
    replicas: number;
    peak: number;
    secondsOver: number;
  },
): WhatIfOutcome {
  const seen = steps.map(of);
  const replicaHours =
    (seen.reduce((sum, { replicas }) => sum + replicas, 0) * stepSeconds) /
    3600;
  return {
    replicaHours,
    peakReplicas: Math.max(0, ...seen.map(({ peak }) => peak)),
    secondsOver: seen.reduce((sum, one) => sum + one.secondsOver, 0),
    seconds: steps.length * stepSeconds,
    ...(perReplicaHour !== undefined && {
      cost: replicaHours * perReplicaHour,
    }),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
