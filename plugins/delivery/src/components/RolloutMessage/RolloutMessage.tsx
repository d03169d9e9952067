import type { AlertColor } from '@mui/material/Alert';
import type {
  Rollout,
  RolloutPhase,
} from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { StateMessage } from '../StateMessage';

const severities: Record<RolloutPhase, AlertColor> = {
  held: 'warning',
  pending: 'info',
  preparing: 'info',
  progressing: 'info',
  paused: 'warning',
  rollingBack: 'error',
  succeeded: 'success',
  rolledBack: 'error',
  aborted: 'error',
};

/** What a rollout does now, and what the person should do. */
export function RolloutMessage({ rollout }: { rollout: Rollout }) {
  const t = useT();
  const { phase, message, waitingFor, waitReason } = rollout;
  const advice = {
    person: () => t(`wait.${waitReason ?? 'pausedByPerson'}`),
    gates: () => t('wait.gates'),
    window: () => t('wait.window'),
    nothing: () => undefined,
  }[waitingFor ?? 'nothing']();
  return (
    <StateMessage
      severity={advice ? 'warning' : severities[phase]}
      message={message ?? t(`phaseSentence.${phase}`)}
      advice={advice}
    />
  );
}
