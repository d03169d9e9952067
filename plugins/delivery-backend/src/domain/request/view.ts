import type { ApprovalRequest } from '@slipway/backstage-plugin-delivery-common';
import { approvalProgress } from '../gates/approval';
import { approvalItem } from '../gates/evaluate';
import type { RequestState } from './state';

/** A request for approval as the API shows it. Pure. */
export function requestView(
  version: number,
  { asked, ballot, reason }: RequestState,
): ApprovalRequest {
  const {
    approval,
    askedThrough: _plugin,
    exception: _exception,
    ...subject
  } = asked;
  const [progress] = approvalProgress(ballot);
  return {
    ...subject,
    version,
    subjectDigest: ballot.facts.subject.digest,
    gate: approvalItem(approval.name ?? 'Approval', progress),
    requestedAt: instant(ballot.requestedAt),
    ...(ballot.decidedAt !== undefined && {
      decidedAt: instant(ballot.decidedAt),
    }),
    ...(reason && { reason }),
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
