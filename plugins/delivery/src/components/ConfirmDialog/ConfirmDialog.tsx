import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import type { AllowedActions } from '@slipway/backstage-plugin-delivery-common';
import {
  ErrorBanner,
  SHORTEST_REASON,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

/** Says what an action will do, and to what, and asks once. */
export function ConfirmDialog(props: {
  title: string;
  text: string;
  /** On the button that does it. */
  submit: string;
  color: 'primary' | 'error';
  /** Whether the person may do it now; known to change while they read. */
  permission?: AllowedActions[string];
  needsReason?: boolean;
  acting: boolean;
  error?: unknown;
  /** What has changed meanwhile, so that nothing was done. */
  changed?: string;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const { permission, needsReason, changed, error } = props;
  const t = useT();
  const titleId = useId();
  const textId = useId();
  const [reason, setReason] = useState('');
  const lacksReason = needsReason && reason.trim().length < SHORTEST_REASON;
  return (
    <Dialog
      open
      onClose={props.onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={titleId}
      aria-describedby={textId}
    >
      <DialogTitle id={titleId}>{props.title}</DialogTitle>
      <DialogContent>
        {changed && (
          <Alert severity="warning" sx={{ mb: 2 }}>
            {changed}
          </Alert>
        )}
        {permission && !permission.allowed && (
          <Alert severity="warning" sx={{ mb: 2 }}>
            {permission.reason}
          </Alert>
        )}
        {Boolean(error) && (
          <ErrorBanner title={t('confirm.failed')} error={error} />
        )}
        <DialogContentText id={textId} sx={{ color: 'text.primary', mb: 2 }}>
          {props.text}
        </DialogContentText>
        <TextField
          label={t(needsReason ? 'form.requiredReason' : 'form.reason')}
          helperText={t(
            needsReason ? 'form.requiredReasonHelp' : 'form.reasonHelp',
          )}
          required={needsReason}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
          multiline
          fullWidth
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('confirm.cancel')}</Button>
        <Button
          variant="contained"
          color={props.color}
          disabled={props.acting || !permission?.allowed || lacksReason}
          onClick={() => props.onConfirm(reason.trim())}
        >
          {props.submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
