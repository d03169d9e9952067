import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import { goToStep } from './beginStep';
import type { RolloutStory } from './RolloutStory';
import type { RolloutState } from './state';

/**
 * What a look at the target means while only the number of copies is changed. Copies that are not well are no reason to
 * go back: whoever asks for more of what is overloaded must get them.
 */
export function resized(
  story: RolloutStory,
  { current, request }: RolloutState,
  { converged, versions }: Observation,
): void {
  if (!converged) return;
  const version = versions.find(
    ({ releaseId }) => releaseId === request.release.releaseId,
  );
  const kept = version?.desiredReplicas ?? 0;
  if (kept !== request.replicas) {
    story.add({
      type: 'rollout.rolledBack',
      message: `${request.target.environmentName} keeps ${kept} of them: something else decides how many copies run`,
    });
    return;
  }
  story.add({ type: 'step.finished', index: current, status: 'succeeded' });
  goToStep(story, current + 1);
}
