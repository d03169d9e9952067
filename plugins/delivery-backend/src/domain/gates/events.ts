import type { GateFacts, WindowFacts } from './facts';
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
  | {
      /** What windows say of a rollout that is under way, where that has changed. */
      type: 'gates.windows';
      windows: WindowFacts;
      /** Where nothing could hold it when it began: what it is held by. */
      facts?: GateFacts;
    }
  | { type: 'gates.closed'; as: 'rejected' | 'expired' | 'withdrawn' };
