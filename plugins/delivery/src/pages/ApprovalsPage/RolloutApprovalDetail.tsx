import Box from '@mui/material/Box';
import type {
  ApprovalDecision,
  RolloutApproval,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  ButtonLink,
  Panel,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { ApprovalActions } from '../../components/ApprovalActions';
import { approvalTitle } from '../../components/ApprovalList';
import { BreakGlassBanner } from '../../components/BreakGlass';
import { Fact, Facts } from '../../components/Facts';
import { GatesView } from '../../components/Gates';
import { PromotionSet } from '../../components/PromotionNote';
import {
  ClusterChanges,
  ReleaseChangeView,
  ReleaseInside,
} from '../../components/ReleaseChange';
import { strategyKind } from '../../components/RolloutFacts';
import { RiskList } from '../../components/Risks';
import { PhaseWord } from '../../components/Status';
import { TierChip } from '../../components/TierChip';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useRefreshApprovals } from '../../hooks/useRefreshApprovals';
import { useT } from '../../hooks/useT';
import { Part } from './Part';

/** A rollout that is asked about: what will change, how risky it is, what it waits for, and the buttons to vote. */
export function RolloutApprovalDetail(props: {
  approval: RolloutApproval;
  asking?: ApprovalDecision;
  onAsk: (decision: ApprovalDecision | undefined) => void;
}) {
  const { approval, asking, onAsk } = props;
  const { rollout } = approval;
  const t = useT();
  const links = useDeliveryLinks();
  const refresh = useRefreshApprovals();
  const link = links.rollout(rollout.id);
  return (
    <Panel
      title={approvalTitle(t, approval)}
      actions={
        link && (
          <ButtonLink to={link} size="small">
            {t('approvals.openRollout')}
          </ButtonLink>
        )
      }
    >
      <BreakGlassBanner
        rollout={rollout}
        review={approval.allowedActions.review ?? rollout.allowedActions.review}
        onReviewed={refresh}
      />
      <ApprovalActions approval={approval} asking={asking} onAsk={onAsk} />
      <Facts>
        <Fact term={t('rollouts.state')}>
          {t(`approvals.state.${approval.state}`)}
        </Fact>
        <Fact term={t('rollout.phase')}>
          <PhaseWord phase={rollout.phase} />
        </Fact>
        <Fact term={t('rollout.environment')}>
          <Box component="span" sx={{ display: 'inline-flex', gap: 1 }}>
            {rollout.environmentName} <TierChip tier={rollout.tier} />
          </Box>
        </Fact>
        <Fact term={t('approvals.askedBy')}>
          <ActorLink actor={rollout.requestedBy} />{' '}
          <RelativeTime at={rollout.gates?.requestedAt ?? rollout.createdAt} />
        </Fact>
        {rollout.promotion && (
          <Fact term={t('approvals.promotion')}>
            <PromotionSet promotion={rollout.promotion} />
          </Fact>
        )}
        {rollout.reason && (
          <Fact term={t('rollout.reason')}>{rollout.reason}</Fact>
        )}
      </Facts>
      <Part title={t('risk.title')}>
        <RiskList risks={approval.risks} />
      </Part>
      <Part title={t('approvals.change')}>
        <ReleaseChangeView change={approval.change} />
        {/* After a first rollout it would be compared with itself. */}
        {(rollout.previousRelease || approval.state === 'pending') && (
          <ReleaseInside
            wanted={{
              releaseId: rollout.release.id,
              environmentRef: rollout.environmentRef,
              fromReleaseId: rollout.previousRelease?.id,
            }}
          />
        )}
        {/* Afterwards it would say what goes on now, and not what was asked for. */}
        {approval.state === 'pending' && (
          <ClusterChanges
            wanted={{
              releaseId: rollout.release.id,
              environmentRef: rollout.environmentRef,
              strategy: strategyKind(rollout.strategy),
            }}
          />
        )}
      </Part>
      {rollout.gates && (
        <Part title={t('gates.title')}>
          <GatesView gates={rollout.gates} requestedBy={rollout.requestedBy} />
        </Part>
      )}
    </Panel>
  );
}
