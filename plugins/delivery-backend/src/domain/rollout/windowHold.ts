import { ConflictError } from '@backstage/errors';
import { refusals } from './actions';
import { beginStep } from './beginStep';
import type { RolloutCommand } from './commands';
import type { WindowsEffectResult } from './effects';
import type { RolloutStory } from './RolloutStory';
import type { RolloutState } from './state';

// What a rollout does about windows that hold what is under way, before a step that changes its target.

/** What windows say now. */
export function windowsLooked(
  story: RolloutStory,
  state: RolloutState,
  { windows, facts }: WindowsEffectResult,
): void {
  if (windows && !windows.open) {
    story.add({
      type: 'gates.windows',
      windows,
      ...(!state.gates && facts && { facts }),
    });
    return;
  }
  // A look takes time, and a window may have closed in it.
  if (windows?.until !== undefined && story.now >= windows.until) {
    story.add({ type: 'step.due', index: state.current });
    return;
  }
  if (state.windowCheck?.hold)
    story.add({
      type: 'gates.windows',
      windows: windows ?? { open: true, because: [] },
    });
  beginStep(story, state.current);
}

/** Somebody goes past the windows, for all that is left of the rollout. */
export function breakWindowHold(
  story: RolloutStory,
  state: RolloutState,
  { by, reason }: Extract<RolloutCommand, { type: 'breakGlass' }>,
): void {
  const refusal = refusals(state).breakGlass;
  if (refusal) throw new ConflictError(refusal);
  story.add({ type: 'gates.broken', by, reason });
  beginStep(story, state.current);
}
