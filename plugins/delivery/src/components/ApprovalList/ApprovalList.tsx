import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Approval } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { PromotionNote } from '../PromotionNote';
import { RiskGlance } from '../Risks';
import { PhaseWord } from '../Status';
import { TierChip } from '../TierChip';
import { approvalTitle } from './approvalTitle';
import { askedOf } from './askedOf';

/** Names of the gates that are not open. */
function closedGates(approval: Approval): string {
  return askedOf(approval)
    .gates.filter(gate => gate.status === 'waiting' || gate.status === 'failed')
    .map(gate => gate.name)
    .join(', ');
}

function ApprovalItem(props: {
  approval: Approval;
  link?: string;
  isSelected: boolean;
}) {
  const { approval, link, isSelected } = props;
  const rollout = approval.kind === 'rollout' ? approval.rollout : undefined;
  const asked = askedOf(approval);
  const t = useT();
  const title = approvalTitle(t, approval);
  const waitsFor = closedGates(approval);
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        listStyle: 'none',
        px: 2,
        py: 1.25,
        borderTop: 1,
        borderColor: 'divider',
        borderLeft: 4,
        borderLeftColor: isSelected ? 'primary.main' : 'transparent',
        bgcolor: isSelected ? 'action.selected' : undefined,
        '&:first-of-type': { borderTop: 0 },
        '&:hover': { bgcolor: 'action.hover' },
        // All that is a link of its own lies above the one that fills the item.
        '& a': { position: 'relative', zIndex: 1 },
        overflowWrap: 'anywhere',
      }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 1,
        }}
      >
        {link ? (
          <MuiLink
            component={Link}
            to={link}
            data-approval={approval.id}
            aria-current={isSelected ? 'true' : undefined}
            sx={{
              fontWeight: 600,
              '&&': { position: 'static' },
              '&::after': { content: '""', position: 'absolute', inset: 0 },
            }}
          >
            {title}
          </MuiLink>
        ) : (
          <strong>{title}</strong>
        )}
        {rollout && <TierChip tier={rollout.tier} />}
      </Box>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('approvals.askedBy')} <ActorLink actor={asked.by} />{' '}
        <RelativeTime at={asked.at} />
      </Typography>
      {rollout && <PromotionNote rollout={rollout} />}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
        {approval.kind === 'rollout' && <RiskGlance risks={approval.risks} />}
        {approval.state === 'pending' ? (
          <span>
            {t('approvals.waitsFor')}: {waitsFor || t('approvals.unknown')}
          </span>
        ) : (
          <>
            <strong>{t(`approvals.state.${approval.state}`)}</strong>
            {rollout && <PhaseWord phase={rollout.phase} />}
          </>
        )}
      </Box>
    </Box>
  );
}

/** What people are asked about: what goes where, who asked, what it waits for, how risky it is. */
export function ApprovalList(props: {
  label: string;
  approvals: readonly Approval[];
  selectedId?: string;
  linkOf: (id: string) => string | undefined;
}) {
  const { label, approvals, selectedId, linkOf } = props;
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0 }}>
      {approvals.map(approval => (
        <ApprovalItem
          key={approval.id}
          approval={approval}
          link={linkOf(approval.id)}
          isSelected={approval.id === selectedId}
        />
      ))}
    </Box>
  );
}
