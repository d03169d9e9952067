import { Link } from '@backstage/core-components';
import {
  ButtonLink,
  EmptyState,
  Loaded,
  SkeletonRows,
  TextRoot,
} from '@slipway/backstage-plugin-slipway-react';
import { useApprovals } from '../../hooks/useApprovals';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useRollouts } from '../../hooks/useRollouts';
import { useT } from '../../hooks/useT';
import { ActiveRolloutList } from '../ActiveRollouts';
import { ApprovalList } from '../ApprovalList';
import { canAct } from './canAct';

const filter = { active: true, waitingFor: 'person' as const, limit: 200 };
const approvalFilter = { view: 'waitingForMe' as const, limit: 10 };

/** Home widget: approvals that wait for the person's vote, and rollouts that they may help on. */
export function InboxContent() {
  const t = useT();
  const links = useDeliveryLinks();
  const approvals = useApprovals(approvalFilter);
  const rollouts = useRollouts(filter);
  const mine = rollouts.data?.items.filter(canAct) ?? [];
  const nothingToApprove = approvals.data?.items.length === 0;
  const count = approvals.data?.page.totalItems ?? 0;
  return (
    <TextRoot>
      <Loaded
        query={approvals}
        errorTitle={t('inbox.approvalsFailed')}
        skeleton={<SkeletonRows rows={2} />}
        isEmpty={({ items }) => items.length === 0}
      >
        {({ items }) => (
          <>
            <ApprovalList
              label={t('inbox.approvals')}
              approvals={items}
              linkOf={links.approval}
            />
            {links.approvals && items.length < count && (
              <Link to={links.approvals}>{t('active.all', { count })}</Link>
            )}
          </>
        )}
      </Loaded>
      <Loaded
        query={rollouts}
        errorTitle={t('inbox.failed')}
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={() => mine.length === 0}
        empty={
          nothingToApprove && (
            <EmptyState
              title={t('inbox.empty')}
              description={t('inbox.emptyHelp')}
            >
              {links.root && (
                <ButtonLink to={links.root} variant="outlined">
                  {t('matrix.pageTitle')}
                </ButtonLink>
              )}
            </EmptyState>
          )
        }
      >
        {() => <ActiveRolloutList label={t('inbox.title')} rollouts={mine} />}
      </Loaded>
    </TextRoot>
  );
}
