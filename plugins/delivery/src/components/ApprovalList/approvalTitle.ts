import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import type { T } from '../../hooks/useT';

/** What goes from where to where, in one line. */
export function approvalTitle(t: T, rollout: Rollout): string {
  return t('approvals.item', {
    component: rollout.componentTitle,
    from: rollout.previousRelease?.version ?? t('approvals.first'),
    to: rollout.release.version,
    environment: rollout.environmentName,
  });
}
