import type {
  Approval,
  GateStatus,
} from '@slipway/backstage-plugin-delivery-common';

/** What rollouts and requests say alike of what is asked. */
export function askedOf(approval: Approval): {
  by: string;
  at: string;
  gates: GateStatus[];
  subjectDigest: string;
} {
  if (approval.kind === 'request') {
    const { gate, requestedAt, requestedBy, subjectDigest } = approval.request;
    return { by: requestedBy, at: requestedAt, gates: [gate], subjectDigest };
  }
  const { createdAt, gates, requestedBy } = approval.rollout;
  return {
    by: requestedBy,
    at: gates?.requestedAt ?? createdAt,
    gates: gates?.items ?? [],
    subjectDigest: gates?.subject.digest ?? '',
  };
}
