import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import { ButtonLink } from '@slipway/backstage-plugin-slipway-react';
import { useApprovals } from '../../hooks/useApprovals';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { waitsForGates } from './waitsForGates';

/** The most that one request may ask for. */
const MOST_APPROVALS = 200;

/** The rollouts that wait, each with what for, and which of them the person may vote on. */
export function GatesWait({ promotion }: { promotion: Promotion }) {
  const t = useT();
  const links = useDeliveryLinks();
  const approvals = useApprovals({
    view: 'waitingForMe',
    limit: MOST_APPROVALS,
  });
  const mine = new Set(
    approvals.data?.items
      .filter(
        one =>
          one.kind === 'rollout' && one.rollout.promotion?.id === promotion.id,
      )
      .map(({ id }) => id),
  );
  const titles = new Map(
    promotion.items.map(one => [one.componentRef, one.componentTitle]),
  );
  const waiting = promotion.stages.flatMap(stage =>
    stage.items.filter(waitsForGates).map(item => ({
      stage,
      item,
      rolloutId: item.rolloutId,
    })),
  );
  return (
    <>
      <Box
        component="ul"
        aria-label={t('promotion.waitingRollouts')}
        sx={{ m: 0, pl: 2.5 }}
      >
        {waiting.map(({ stage, item, rolloutId }) => {
          const words = t('promotion.waitingRollout', {
            component: titles.get(item.componentRef) ?? item.componentRef,
            environment: stage.environmentName,
          });
          const rollout = links.rollout(rolloutId);
          const approval = mine.has(rolloutId) && links.approval(rolloutId);
          return (
            <Box
              component="li"
              key={rolloutId}
              sx={{ overflowWrap: 'anywhere', mb: 0.5 }}
            >
              <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
                {rollout ? <Link to={rollout}>{words}</Link> : words}
                {approval && <Link to={approval}>{t('promotion.vote')}</Link>}
              </Box>
              {item.message && (
                <Box sx={{ color: 'text.secondary' }}>{item.message}</Box>
              )}
            </Box>
          );
        })}
      </Box>
      {links.approvals && (
        <Box sx={{ mt: 1 }}>
          <ButtonLink to={links.approvals} size="small" variant="outlined">
            {t('promotion.inbox')}
          </ButtonLink>
        </Box>
      )}
    </>
  );
}
