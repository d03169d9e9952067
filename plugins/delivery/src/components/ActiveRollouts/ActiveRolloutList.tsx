import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { RelativeTime } from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { PhaseWord } from '../Status';
import { WeightBar } from '../WeightBar';

function ActiveRollout({ rollout }: { rollout: Rollout }) {
  const t = useT();
  const links = useDeliveryLinks();
  const link = links.rollout(rollout.id);
  const title = t('active.item', {
    component: rollout.componentTitle,
    version: rollout.release.version,
    environment: rollout.environmentName,
  });
  return (
    <Box
      component="li"
      sx={{
        listStyle: 'none',
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
        display: 'grid',
        gap: 1,
        alignItems: 'center',
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 180px), 1fr))',
      }}
    >
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {link ? <Link to={link}>{title}</Link> : title}
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          <RelativeTime at={rollout.createdAt} />
        </Typography>
      </Box>
      <Box>
        <PhaseWord phase={rollout.phase} />
        {rollout.waitingFor === 'person' && (
          <Typography variant="body2">
            {t(`waitShort.${rollout.waitReason ?? 'pausedByPerson'}`)}
          </Typography>
        )}
        {(rollout.waitingFor === 'gates' ||
          rollout.waitingFor === 'window') && (
          <Typography variant="body2">
            {t(`waitShort.${rollout.waitingFor}`)}
          </Typography>
        )}
      </Box>
      {rollout.phase !== 'held' && <WeightBar weight={rollout.weight} />}
    </Box>
  );
}

/** Rollouts under way, each with how far it is. */
export function ActiveRolloutList(props: {
  label: string;
  rollouts: readonly Rollout[];
}) {
  return (
    <Box component="ul" aria-label={props.label} sx={{ m: 0, p: 0 }}>
      {props.rollouts.map(rollout => (
        <ActiveRollout key={rollout.id} rollout={rollout} />
      ))}
    </Box>
  );
}
