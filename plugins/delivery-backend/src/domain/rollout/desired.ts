import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import type {
  DesiredState,
  DesiredVersion,
} from '@slipway/backstage-plugin-delivery-node';
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
  state: RolloutState,
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

/** How a target looks when the rollout is taken back. */
export const undoGoal: Goal = {
  newReplicas: 0,
  weight: 0,
  keepPrevious: true,
};

/** The goal as the runtime wants to hear it. */
export function desiredOf(state: RolloutState): DesiredState {
  const { request, goal, generation } = state;
  if (!goal) return { generation, versions: [] };
  const versions: DesiredVersion[] = [];
  if (!state.undo)
    versions.push({
      release: request.release,
      replicas: goal.newReplicas,
      weight: goal.weight,
    });
  if (goal.keepPrevious && request.previous)
    versions.push({
      release: request.previous,
      replicas: request.previousReplicas,
      weight: 100 - goal.weight,
    });
  return {
    generation,
    versions,
    ...(goal.rolling && { rolling: goal.rolling }),
  };
}

/**
 * What of an observation is worth telling again when it changes. Two observations with the same fingerprint show
 * the same to a person.
 */
export function fingerprint(observation: Observation | undefined): string {
  if (!observation) return '';
  return JSON.stringify([
    observation.converged,
    observation.address,
    observation.message,
    observation.versions.map(version => [
      version.releaseId,
      version.desiredReplicas,
      version.replicas,
      version.readyReplicas,
      version.weight,
      version.health,
      version.message,
      version.instances.map(({ id, ready, restarts }) => [id, ready, restarts]),
    ]),
  ]);
}
