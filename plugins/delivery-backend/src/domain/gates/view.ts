import type { RolloutGates } from '@slipway/backstage-plugin-delivery-common';
import { voteView } from './approval';
import type { GatesState } from './state';

/** The gates as the API shows them, but for a review of break-glass, which happens later and elsewhere. */
export function gatesView(state: GatesState): RolloutGates {
  const { facts, breakGlass, voided, decidedAt } = state;
  return {
    status: state.status,
    ...(facts.pipeline && { pipeline: facts.pipeline }),
    subject: facts.subject,
    items: state.items,
    requestedAt: instant(state.requestedAt),
    ...(decidedAt !== undefined && { decidedAt: instant(decidedAt) }),
    ...(voided.length && {
      voided: voided.map(({ at, reason, votes }) => ({
        at: instant(at),
        reason,
        votes: votes.map(voteView),
      })),
    }),
    ...(breakGlass && {
      breakGlass: { ...breakGlass, at: instant(breakGlass.at) },
    }),
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
