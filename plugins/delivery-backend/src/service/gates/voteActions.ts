import {
  type AllowedActions,
  approvalDecidePermission,
} from '@slipway/backstage-plugin-delivery-common';
import { allowedUnless } from '@slipway/backstage-plugin-slipway-node';
import type { Voters } from '../../database/ApprovalStore';
import type { Ballot } from '../../domain/gates/Ballot';
import { refusalToVote } from '../../domain/gates/vote';

/** Which votes somebody may cast, and why not the others. `may` says whether they may vote at all. Pure. */
export function voteActions(
  ballot: Ballot,
  voters: Voters,
  may: boolean,
): AllowedActions {
  const refusal = may
    ? undefined
    : `This needs the permission ${approvalDecidePermission.name}.`;
  const decided =
    ballot.status === 'waiting' ? undefined : 'This has been decided.';
  const voted = ballot.votes.some(({ by }) => by === voters.me);
  const eligible = voters.seats.map(({ ref, groups }) =>
    refusalToVote(ballot, {
      by: voters.me,
      ...(ref !== voters.me && { onBehalfOf: ref }),
      groups,
    }),
  );
  const vote =
    refusal ??
    decided ??
    (voted ? 'You have voted; withdraw your vote to change it.' : undefined) ??
    (eligible.some(reason => reason === undefined) ? undefined : eligible[0]);
  return {
    approve: allowedUnless(vote),
    reject: allowedUnless(vote),
    withdraw: allowedUnless(
      refusal ?? decided ?? (voted ? undefined : 'You have not voted.'),
    ),
  };
}
