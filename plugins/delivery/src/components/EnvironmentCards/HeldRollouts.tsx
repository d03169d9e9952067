import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { PhaseWord } from '../Status';

// The others stand in the list of rollouts.
const most = 3;

/** What waits for its gates to come here. It has not begun, so it takes nothing of what runs. */
export function HeldRollouts({ rollouts }: { rollouts: readonly Rollout[] }) {
  const t = useT();
  const links = useDeliveryLinks();
  return (
    <>
      {rollouts.slice(0, most).map(({ id, release }) => (
        <Box key={id} sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          <PhaseWord phase="held" />
          <Link to={links.rollout(id) ?? ''}>
            {t('cards.held', { version: release.version })}
          </Link>
        </Box>
      ))}
    </>
  );
}
