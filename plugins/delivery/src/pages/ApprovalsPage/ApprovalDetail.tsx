import type {
  Approval,
  ApprovalDecision,
} from '@slipway/backstage-plugin-delivery-common';
import { RequestDetail } from './RequestDetail';
import { RolloutApprovalDetail } from './RolloutApprovalDetail';

/** One approval: what is asked, what it waits for, and the buttons to vote. */
export function ApprovalDetail(props: {
  approval: Approval;
  asking?: ApprovalDecision;
  onAsk: (decision: ApprovalDecision | undefined) => void;
}) {
  const { approval, ...voting } = props;
  return approval.kind === 'request' ? (
    <RequestDetail approval={approval} {...voting} />
  ) : (
    <RolloutApprovalDetail approval={approval} {...voting} />
  );
}
