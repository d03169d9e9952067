import {
  approvalRequestPermission,
  type RequestApproval,
} from '@slipway/backstage-plugin-delivery-common';
import { allowedUnless } from '@slipway/backstage-plugin-slipway-node';
import type { StoredRequest, Voters } from '../../database/ApprovalStore';
import { requestView } from '../../domain/request/view';
import type { RequestState } from '../../domain/request/state';
import { approvalState } from '../gates/approvalState';
import { voteActions } from '../gates/voteActions';

/** A request for approval as somebody sees it. Pure. */
export function showRequest(
  { id, state, version }: StoredRequest,
  voters: Voters,
  may: { vote: boolean; ask: boolean },
): RequestApproval {
  return {
    kind: 'request',
    id,
    state: approvalState[state.ballot.status],
    request: requestView(version, state),
    allowedActions: {
      ...voteActions(state.ballot, voters, may.vote),
      withdrawRequest: allowedUnless(
        may.ask
          ? refusalToWithdraw(state, voters.me)
          : `This needs the permission ${approvalRequestPermission.name}.`,
      ),
    },
  };
}

/** Why somebody may not withdraw a request, or nothing when they may. */
export function refusalToWithdraw(
  { ballot }: RequestState,
  me: string,
): string | undefined {
  if (ballot.requestedBy !== me) return 'Only whoever asked may withdraw this.';
  return ballot.status === 'waiting' ? undefined : 'This has been decided.';
}
