import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import { ErrorBanner } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { SHORTEST_REASON } from '../ReasonDialog';
import type { DangerousAction } from './actions';

/** Says what a dangerous action will do, and to what, and asks once. */
export function ConfirmAction(props: {
  action: DangerousAction;
  rollout: Rollout;
  acting: boolean;
  error?: unknown;
  changed: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const { action, rollout, acting, error, changed, onConfirm, onClose } = props;
  const t = useT();
  const titleId = useId();
  const textId = useId();
  const [reason, setReason] = useState('');
  const words = {
    component: rollout.componentTitle,
    environment: rollout.environmentName,
    version: rollout.release.version,
    previous: rollout.previousRelease?.version ?? t('release.none'),
    weight: String(rollout.weight),
  };
  const allowed = rollout.allowedActions[action];
  const isForced = action === 'breakGlass';
  const needsReason = isForced && reason.trim().length < SHORTEST_REASON;
  const text = () => {
    if (action !== 'abort') return t(`confirm.${action}.text`, words);
    if (rollout.phase === 'held') return t('confirm.abort.textHeld', words);
    return rollout.previousRelease
      ? t('confirm.abort.text', words)
      : t('confirm.abort.textFirst', words);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={titleId}
      aria-describedby={textId}
    >
      <DialogTitle id={titleId}>
        {t(`confirm.${action}.title`, words)}
      </DialogTitle>
      <DialogContent>
        {changed && (
          <Alert severity="warning" sx={{ mb: 2 }}>
            {t('confirm.changed')}
          </Alert>
        )}
        {allowed && !allowed.allowed && (
          <Alert severity="warning" sx={{ mb: 2 }}>
            {allowed.reason}
          </Alert>
        )}
        {Boolean(error) && (
          <ErrorBanner title={t('confirm.failed')} error={error} />
        )}
        <DialogContentText id={textId} sx={{ color: 'text.primary', mb: 2 }}>
          {text()}
        </DialogContentText>
        <TextField
          label={t(isForced ? 'form.requiredReason' : 'form.reason')}
          helperText={t(
            isForced ? 'form.requiredReasonHelp' : 'form.reasonHelp',
          )}
          required={isForced}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
          multiline
          fullWidth
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('confirm.cancel')}</Button>
        <Button
          variant="contained"
          color={action === 'promoteFull' ? 'primary' : 'error'}
          disabled={acting || !allowed?.allowed || needsReason}
          onClick={() => onConfirm(reason.trim())}
        >
          {t(`confirm.${action}.button`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
