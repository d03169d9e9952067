import type { GateFacts } from './facts';
import type { CastVote } from './state';

/** What happens to the gates of a rollout before it begins. */
export type GateEvent =
  | { type: 'gates.due' }
  | {
      type: 'gates.looked';
      facts: GateFacts;
      /** The rollout that has the target. */
      busyWith?: string;
    }
  | { type: 'gates.voted'; vote: Omit<CastVote, 'at'> }
  | { type: 'gates.voteWithdrawn'; by: string }
  | { type: 'gates.voided'; reason: string; facts: GateFacts }
  | { type: 'gates.broken'; by: string; reason: string }
  | { type: 'gates.turn' }
  | { type: 'gates.passed' }
  | { type: 'gates.closed'; as: 'rejected' | 'expired' | 'withdrawn' };
