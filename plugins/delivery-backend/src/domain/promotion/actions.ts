import type { PromotionAction } from '@slipway/backstage-plugin-delivery-common';
import { hasEnded, type PromotionState } from './state';

/** Why actions are refused; those that are not are left out. */
export type Refusals = { [action in PromotionAction]?: string };

/** For each action nothing when the promotion's state allows it, else the reason why not. */
export function refusals(state: PromotionState): Refusals {
  const waits = state.stages.some(({ status }) => status === 'waiting');
  return {
    abort: refusalToAbort(state, waits),
    retry: refusalUnless(
      state,
      waits || state.attention !== undefined,
      'Nothing has failed that could be tried again.',
    ),
    continue: refusalUnless(
      state,
      waits && !state.stopping,
      'No stage has failed and waits for a person.',
    ),
  };
}

function refusalToAbort(
  state: PromotionState,
  waits: boolean,
): string | undefined {
  if (hasEnded(state)) return 'The promotion has ended.';
  return state.stopping && state.attention === undefined && !waits
    ? 'The promotion is ending already.'
    : undefined;
}

function refusalUnless(
  state: PromotionState,
  isPossible: boolean,
  reason: string,
): string | undefined {
  if (hasEnded(state)) return 'The promotion has ended.';
  return isPossible ? undefined : reason;
}
