import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { Ballot } from './Ballot';
import { approvalGates, expiresAt, ineligible, voterOf } from './approval';
import type { GateEvent } from './events';
import type { GateFacts } from './facts';
import type { CastVote, GatesState } from './state';
import { changedParts } from './changedParts';

/** A vote as it is asked for. */
export interface BallotPaper {
  vote: Omit<CastVote, 'at'>;
  /** What the voter was shown. */
  subjectDigest: string;
}

/** A vote on what waits for the gates of a rollout. */
export interface VoteCommand extends BallotPaper {
  type: 'vote';
  /** As things are at this moment. */
  facts: GateFacts;
}

/**
 * What a vote leads to. Throws when it cannot count, and says why. When what was approved is no longer what would be
 * rolled out, the vote counts for nothing and all earlier ones become void.
 */
export function vote(
  state: GatesState,
  command: VoteCommand,
  now: number,
): GateEvent[] {
  const { vote: cast, facts } = command;
  assertCounts(state, command, now);
  const voided = voidedBy(state, facts);
  if (voided) return [voided];
  return [
    { type: 'gates.looked', facts },
    { type: 'gates.voted', vote: cast },
    ...(cast.decision === 'reject'
      ? [{ type: 'gates.closed' as const, as: 'rejected' as const }]
      : []),
  ];
}

/** Throws when a vote cannot count, and says why. */
export function assertCounts(
  state: Ballot,
  { vote: cast, subjectDigest }: BallotPaper,
  now: number,
): void {
  assertOpen(state, now);
  if (subjectDigest !== state.facts.subject.digest)
    throw new ConflictError(
      'What you looked at is no longer what is asked for; look again before you decide',
    );
  const mine = state.votes.find(
    earlier =>
      earlier.by === cast.by ||
      voterOf(earlier) === voterOf(cast) ||
      voterOf(earlier) === cast.by ||
      earlier.by === voterOf(cast),
  );
  if (mine)
    throw new ConflictError(
      mine.by === cast.by
        ? 'You have voted already; withdraw that vote first'
        : `${mine.by} has voted for ${voterOf(mine)} already`,
    );
  const reason = refusalToVote(state, cast);
  if (reason) throw new NotAllowedError(reason);
  const wantsComment = approvalGates(state.facts).some(
    ({ requireComment }) => requireComment,
  );
  if ((wantsComment || cast.decision === 'reject') && !cast.comment?.trim())
    throw new InputError('Say why in a comment');
}

/** Why somebody's vote would not be taken, or nothing when it would. Whoever may not agree may not reject either. */
export function refusalToVote(
  state: Ballot,
  voter: Pick<CastVote, 'by' | 'onBehalfOf' | 'groups'>,
): string | undefined {
  if (!approvalGates(state.facts).length)
    return 'Nobody is asked: no gate of this rollout needs an approval';
  return ineligible(state, voter);
}

/** What taking one's vote back leads to. */
export function withdrawVote(
  state: GatesState,
  by: string,
  now: number,
): GateEvent[] {
  assertVoted(state, by, now);
  return [{ type: 'gates.voteWithdrawn', by }];
}

/** Throws when somebody has no vote that could be taken back. */
export function assertVoted(state: Ballot, by: string, now: number): void {
  assertOpen(state, now);
  if (!state.votes.some(cast => cast.by === by))
    throw new ConflictError('You have not voted on this');
}

/** That earlier votes are void, when the subject has changed under them. */
export function voidedBy(
  state: GatesState,
  facts: GateFacts,
): GateEvent | undefined {
  const before = state.facts.subject;
  if (facts.subject.digest === before.digest) return undefined;
  const parts = changedParts(before, facts.subject).join(' and ');
  return {
    type: 'gates.voided',
    reason: `The ${parts} changed after it was asked for`,
    facts,
  };
}

/** Throws when it is decided or has expired. */
export function assertOpen(state: Ballot, now: number): void {
  if (state.status !== 'waiting')
    throw new ConflictError(`This was decided already: ${state.status}`);
  const until = expiresAt(state);
  if (until !== undefined && now >= until)
    throw new ConflictError('The request for approval has expired');
}
