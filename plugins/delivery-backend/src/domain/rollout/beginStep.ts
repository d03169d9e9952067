import { goalOf } from './goal';
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

/** Begins a step of the plan, or ends the rollout well when there is none left. */
export function beginStep(story: RolloutStory, index: number): void {
  const { state } = story;
  if (!state) return;
  const step = state.plan[index];
  if (!step) {
    story.add({
      type: 'rollout.succeeded',
      message: `${state.request.release.version} runs in ${state.request.target.environmentName}`,
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
