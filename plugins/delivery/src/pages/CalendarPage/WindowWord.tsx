import AllowIcon from '@mui/icons-material/EventAvailable';
import FreezeIcon from '@mui/icons-material/AcUnit';
import type { WindowOccurrence } from '@slipway/backstage-plugin-delivery-common';
import { StatusWord } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

/** Whether changes are allowed or frozen. */
export function WindowWord({ type }: { type: WindowOccurrence['type'] }) {
  const t = useT();
  return (
    <StatusWord
      icon={type === 'deny' ? FreezeIcon : AllowIcon}
      tone={type === 'deny' ? 'info' : 'success'}
      label={t(`calendar.${type}`)}
    />
  );
}
