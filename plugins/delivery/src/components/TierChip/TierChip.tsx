import Chip from '@mui/material/Chip';
import type { Tier } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';

/** The tier of an environment; production stands out. */
export function TierChip({ tier }: { tier: Tier }) {
  const t = useT();
  return (
    <Chip
      size="small"
      label={t(`tier.${tier}`)}
      variant={tier === 'production' ? 'filled' : 'outlined'}
      // Backstage's theme gives every chip an outer margin, which is in the way beside text.
      sx={{ m: 0, height: 20, fontSize: 12 }}
    />
  );
}
