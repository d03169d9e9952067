import CheckIcon from '@mui/icons-material/CheckCircleOutline';
import HelpIcon from '@mui/icons-material/HelpOutline';
import WarningIcon from '@mui/icons-material/WarningAmber';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import {
  RelativeTime,
  StatusWord,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../hooks/useT';

/** Whether somebody should look. */
export function StateWord({ target }: { target: ScalingTarget }) {
  const t = useT();
  if (target.problem)
    return (
      <>
        <StatusWord
          icon={HelpIcon}
          tone="disabled"
          label={t('state.unknown')}
        />{' '}
        <RelativeTime at={target.observedAt} />
      </>
    );
  return target.attention ? (
    <StatusWord
      icon={WarningIcon}
      tone="warning"
      label={t('state.attention')}
    />
  ) : (
    <StatusWord icon={CheckIcon} tone="success" label={t('state.good')} />
  );
}
