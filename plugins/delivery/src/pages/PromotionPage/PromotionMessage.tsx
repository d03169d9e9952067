import type { AlertColor } from '@mui/material/Alert';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import { StateMessage } from '../../components/StateMessage';
import { useT } from '../../hooks/useT';

const severities: Record<Promotion['phase'], AlertColor> = {
  running: 'info',
  rollingBack: 'error',
  succeeded: 'success',
  failed: 'error',
  aborted: 'error',
};

/** What somebody has to do; the stages say why. */
function personWaits({ stages }: Promotion): 'failed' | 'paused' | 'attention' {
  if (stages.some(({ status }) => status === 'waiting')) return 'failed';
  return stages.some(({ items }) =>
    items.some(({ status }) => status === 'running'),
  )
    ? 'paused'
    : 'attention';
}

/** What a promotion does now, and what it waits for. */
export function PromotionMessage({ promotion }: { promotion: Promotion }) {
  const t = useT();
  const { phase, message, waitingFor } = promotion;
  const advice = waitingFor === 'person' ? personWaits(promotion) : waitingFor;
  return (
    <StateMessage
      severity={waitingFor ? 'warning' : severities[phase]}
      message={
        message ??
        (waitingFor
          ? t(`promotionWaitShort.${waitingFor}`)
          : t(`promotionSentence.${phase}`))
      }
      advice={advice && t(`promotionWait.${advice}`)}
    />
  );
}
