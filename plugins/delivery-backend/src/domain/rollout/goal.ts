import type { CanaryScale, Goal, PlannedStep, RolloutState } from './state';

/** How many copies of the new release there should be at a weight, of `replicas` in all. */
function replicasAt(
  scale: CanaryScale,
  weight: number,
  replicas: number,
): number {
  switch (scale.mode) {
    case 'replicas':
      return scale.replicas;
    case 'weight':
      return Math.ceil((replicas * scale.weight) / 100);
    default:
      return Math.ceil((replicas * weight) / 100);
  }
}

/** What a step wants of the target, or `undefined` for a step that leaves it as it is. */
export function goalOf(
  step: PlannedStep,
  state: Pick<RolloutState, 'request' | 'canaryScale' | 'goal'>,
): Goal | undefined {
  const { replicas, previous } = state.request;
  const weight = state.goal?.weight ?? 0;
  switch (step.kind) {
    case 'scale':
      return { newReplicas: replicas, weight: 0, keepPrevious: true };
    case 'resize':
      return { newReplicas: step.to, weight: 100, keepPrevious: false };
    case 'roll':
      return {
        newReplicas: replicas,
        weight: 100,
        keepPrevious: false,
        rolling: {
          maxSurge: step.maxSurge,
          maxUnavailable: step.maxUnavailable,
        },
      };
    case 'setWeight':
      return {
        newReplicas: replicasAt(state.canaryScale, step.weight, replicas),
        weight: step.weight,
        keepPrevious: true,
      };
    case 'setCanaryScale':
      return {
        newReplicas: replicasAt(step.scale, weight, replicas),
        weight,
        keepPrevious: true,
      };
    case 'promote':
      return {
        newReplicas: replicas,
        weight: 100,
        keepPrevious: previous !== undefined,
      };
    case 'retire':
      return { newReplicas: replicas, weight: 100, keepPrevious: false };
    default:
      return undefined;
  }
}
