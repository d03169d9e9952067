import type {
  AllowedActions,
  Approval,
  ApprovalDecision,
} from '@slipway/backstage-plugin-delivery-common';

const order: ApprovalDecision[] = ['approve', 'reject', 'withdraw'];

/**
 * The decisions that a person is shown, each with its refusal. While people are asked, agreeing and rejecting stay with
 * the reason why not; taking a vote back means nothing to who has none, so it is there only when it can be done.
 */
export function decisionsOf(
  approval: Approval,
): { decision: ApprovalDecision; refusal?: AllowedActions[string] }[] {
  return order.flatMap(decision => {
    const permission = approval.allowedActions[decision];
    if (permission?.allowed) return [{ decision }];
    const isShown =
      permission && approval.state === 'pending' && decision !== 'withdraw';
    return isShown ? [{ decision, refusal: permission }] : [];
  });
}

/** Whether the person may decide so now. */
export function mayDecide(
  approval: Approval | undefined,
  decision: ApprovalDecision,
): boolean {
  return approval?.allowedActions[decision]?.allowed ?? false;
}
