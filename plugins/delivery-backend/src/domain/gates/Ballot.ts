import type {
  Gate,
  RolloutGates,
  Tier,
} from '@slipway/backstage-plugin-delivery-common';
import type { CastVote } from './state';

/** What people vote on, and all that their votes are judged by. Instants are epoch milliseconds. */
export interface Ballot {
  status: RolloutGates['status'];
  facts: {
    /** What exactly is voted on. */
    subject: { digest: string };
    /** Of which those that are approvals count. */
    gates: Gate[];
    /** Which exclusions hold when a gate says nothing of them. */
    tier: Tier;
    authors: string[];
  };
  requestedBy: string;
  requestedAt: number;
  /** Since when is asked for this subject. */
  askedAt: number;
  decidedAt?: number;
  votes: CastVote[];
}
