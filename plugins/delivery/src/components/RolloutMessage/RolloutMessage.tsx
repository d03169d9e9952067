import Alert, { type AlertColor } from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import type {
  Rollout,
  RolloutPhase,
} from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';

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

/** What is going on, and what the person should do now. Changes are read out to those who do not see them. */
export function RolloutMessage({ rollout }: { rollout: Rollout }) {
  const t = useT();
  const { phase, message, waitingFor, waitReason } = rollout;
  const advice = {
    person: () => t(`wait.${waitReason ?? 'pausedByPerson'}`),
    gates: () => t('wait.gates'),
    nothing: () => undefined,
  }[waitingFor ?? 'nothing']();
  return (
    <Alert
      role="status"
      aria-live="polite"
      severity={advice ? 'warning' : severities[phase]}
      sx={{ mb: 3, fontSize: 16, overflowWrap: 'anywhere' }}
    >
      <AlertTitle sx={{ fontSize: 18 }}>
        {message ?? t(`phaseSentence.${phase}`)}
      </AlertTitle>
      {advice}
    </Alert>
  );
}
