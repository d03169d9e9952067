import CheckIcon from '@mui/icons-material/CheckCircle';
import WaitingIcon from '@mui/icons-material/HourglassEmpty';
import LaterIcon from '@mui/icons-material/Schedule';
import type { WindowException } from '@slipway/backstage-plugin-delivery-common';
import { StatusWord, useNow } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

/** Whether an exception is asked for, in force, or to come. */
export function ExceptionWord({ exception }: { exception: WindowException }) {
  const t = useT();
  const now = useNow(15_000);
  if (exception.state === 'pending')
    return (
      <StatusWord
        icon={WaitingIcon}
        tone="warning"
        label={t('exceptions.asked')}
      />
    );
  return Date.parse(exception.from) <= now ? (
    <StatusWord
      icon={CheckIcon}
      tone="success"
      label={t('exceptions.inForce')}
    />
  ) : (
    <StatusWord icon={LaterIcon} tone="info" label={t('exceptions.later')} />
  );
}
