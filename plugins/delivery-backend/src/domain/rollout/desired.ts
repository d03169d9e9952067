import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import type {
  DesiredState,
  DesiredVersion,
} from '@slipway/backstage-plugin-delivery-node';
import { courseOf } from './course';
import type { Goal, RolloutState } from './state';

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
  const course = state.undo ? undefined : courseOf(state);
  return {
    generation,
    versions,
    ...(goal.rolling && { rolling: goal.rolling }),
    ...(course && { course }),
    ...(state.undo && hasConcluded(state) && { concluding: request.release }),
  };
}

/** Whether the new release was told to do what it wants done in the end. */
function hasConcluded({ plan, steps }: RolloutState): boolean {
  return plan.some(
    ({ kind }, index) =>
      kind === 'conclude' && steps[index].startedAt !== undefined,
  );
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
