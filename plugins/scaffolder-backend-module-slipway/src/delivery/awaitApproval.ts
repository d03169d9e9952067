import type { RequestApproval } from '@slipway/backstage-plugin-delivery-common';
import { ApprovalRefusedError } from '../errors/ApprovalRefusedError';
import { ApprovalFollower } from './ApprovalFollower';

/** Waits until enough people agree. Throws `ApprovalRefusedError` in words when they do not. */
export async function awaitApproval(
  options: ConstructorParameters<typeof ApprovalFollower>[0],
): Promise<{ approvedBy: string[]; decidedAt?: string }> {
  const approval = await new ApprovalFollower(options).follow();
  if (approval.state !== 'approved')
    throw new ApprovalRefusedError(refusal(approval, options.url));
  const approvedBy = votesOf(approval).map(({ by }) => by);
  options.logger.info(`Approved by ${approvedBy.join(', ')}`);
  return { approvedBy, decidedAt: approval.request.decidedAt };
}

function votesOf({ request }: RequestApproval) {
  return request.gate.approval?.votes ?? [];
}

function refusal(approval: RequestApproval, url: string): string {
  const what = `The approval of “${approval.request.title}”`;
  const rejection = votesOf(approval).find(
    ({ decision }) => decision === 'reject',
  );
  if (rejection)
    return `${what} was rejected by ${rejection.by}: ${rejection.comment}. See ${url}`;
  const { reason } = approval.request;
  return approval.state === 'withdrawn'
    ? `${what} was withdrawn${reason ? `: ${reason}` : ''}. See ${url}`
    : `${what} expired before enough people agreed. See ${url}`;
}
