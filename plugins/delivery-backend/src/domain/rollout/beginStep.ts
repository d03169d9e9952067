import { goalOf } from './goal';
import { copies } from './plan';
import type { RolloutStory } from './RolloutStory';
import type { RolloutState } from './state';

/** Goes to a step of the plan, at once or when windows let it; ends the rollout well when there is none left. */
export function goToStep(story: RolloutStory, index: number): void {
  const { state } = story;
  const step = state?.plan[index];
  if (state && step && goalOf(step, state) && isHoldable(state))
    story.add({ type: 'step.due', index });
  else beginStep(story, index);
}

// What goes back to what has run there is never held, nor is anything after somebody has broken the glass.
function isHoldable({ request, gates }: RolloutState): boolean {
  return !request.ungated && !gates?.breakGlass;
}

/** How it ended well. Copies that were asked for may still be on their way, which is said. */
function endInWords({ request, observation }: RolloutState): string {
  const { kind, release, replicas, target } = request;
  const runs = `${release.version} ${kind === 'scale' && replicas !== 1 ? 'run' : 'runs'} in ${target.environmentName}`;
  if (kind !== 'scale') return runs;
  const version = observation?.versions.find(
    ({ releaseId }) => releaseId === release.releaseId,
  );
  const ready = version?.readyReplicas ?? 0;
  if (ready >= replicas) return `${copies(replicas)} of ${runs}`;
  const why = version?.message ?? observation?.message;
  return `${copies(replicas)} of ${release.version} are asked for in ${target.environmentName}, and ${ready} ${ready === 1 ? 'is' : 'are'} ready${why ? `: ${why}` : ''}`;
}

/** Begins a step of the plan, or ends the rollout well when there is none left. */
export function beginStep(story: RolloutStory, index: number): void {
  const { state } = story;
  if (!state) return;
  const step = state.plan[index];
  if (!step) {
    story.add({
      type: 'rollout.succeeded',
      message: endInWords(state),
    });
    return;
  }
  const goal = goalOf(step, state);
  story.add({
    type: 'step.started',
    index,
    ...(goal && { goal }),
    ...(step.kind === 'setCanaryScale' && { canaryScale: step.scale }),
    ...(step.kind === 'pause' &&
      step.durationMs !== undefined && {
        pauseUntil: story.now + step.durationMs,
      }),
  });
}
