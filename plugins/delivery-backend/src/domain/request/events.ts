import type { CastVote } from '../gates/state';
import type { AskedApproval } from './state';

/** What happened, epoch milliseconds in `at`. */
export type RequestEvent = { at: number } & (
  | { type: 'request.asked'; asked: AskedApproval; subjectDigest: string }
  | { type: 'request.voted'; vote: Omit<CastVote, 'at'> }
  | { type: 'request.voteWithdrawn'; by: string }
  | {
      type: 'request.closed';
      as: 'passed' | 'rejected' | 'expired' | 'withdrawn';
      reason?: string;
    }
);
