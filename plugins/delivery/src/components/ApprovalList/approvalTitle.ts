import type { Approval } from '@slipway/backstage-plugin-delivery-common';
import type { T } from '../../hooks/useT';

/** What is asked in one line; of a rollout what goes from where to where. */
export function approvalTitle(t: T, approval: Approval): string {
  if (approval.kind === 'request') return approval.request.title;
  const { rollout } = approval;
  return t('approvals.item', {
    component: rollout.componentTitle,
    from: rollout.previousRelease?.version ?? t('approvals.first'),
    to: rollout.release.version,
    environment: rollout.environmentName,
  });
}
