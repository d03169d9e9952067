import type { ApprovalDecisionRequest } from '@slipway/backstage-plugin-delivery-common';
import { FieldError } from '@slipway/backstage-plugin-slipway-node';
import { canonicalRef } from '../../catalog/CatalogReader';
import type { BallotPaper } from '../../domain/gates/vote';
import type { Electorate } from './Electorate';

/** A vote with whose it is, as things are now. Throws `FieldError` for somebody who has not let the caller vote for them. */
export async function castVote(
  electorate: Electorate,
  by: string,
  decision: 'approve' | 'reject',
  request: ApprovalDecisionRequest,
): Promise<BallotPaper> {
  const voters = await electorate.votersFor(by);
  const onBehalfOf = request.onBehalfOf && canonicalRef(request.onBehalfOf);
  const seat = voters.seats.find(({ ref }) => ref === (onBehalfOf ?? by));
  if (!seat)
    throw new FieldError([
      {
        pointer: '/onBehalfOf',
        detail: `${onBehalfOf} has not let you vote for them, or no longer`,
      },
    ]);
  return {
    subjectDigest: request.subjectDigest,
    vote: {
      by,
      ...(onBehalfOf && onBehalfOf !== by && { onBehalfOf }),
      groups: seat.groups,
      decision,
      ...(request.comment && { comment: request.comment }),
    },
  };
}
