import { type ChangeState, hasEnded } from './state';

/** Why a change cannot be ended now, or nothing when it can. */
export function refusalToEnd(
  state: ChangeState,
  restore: boolean,
): string | undefined {
  if (hasEnded(state)) return 'This has ended already.';
  if (state.phase !== 'reverting') return undefined;
  if (!state.before) return 'This is being ended already.';
  return restore ? 'It is being put back as it was already.' : undefined;
}
