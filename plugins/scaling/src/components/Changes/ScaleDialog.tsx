import { useId, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import type {
  ScaleRequest,
  ScalingOptions,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import {
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { scalingApiRef } from '../../api/scalingApi';
import { useT } from '../../hooks/useT';
import { changeWords, effectWords } from './changeWords';

/** Asks how many replicas there are to be, until when and why, and says what that will do. */
export function ScaleDialog(props: {
  target: ScalingTarget;
  options: ScalingOptions;
  onDone: () => void;
  onClose: () => void;
}) {
  const { target, options, onDone, onClose } = props;
  const { activeChange, bounds, longestDays, untilRequired } = options;
  const t = useT();
  const api = useApi(scalingApiRef);
  const titleId = useId();
  const [replicas, setReplicas] = useState(
    String(target.desiredReplicas ?? bounds.min),
  );
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const submission = useSubmission((body: ScaleRequest, idempotencyKey) =>
    api.scaleTarget(target.id, body, {
      idempotencyKey,
      // What stands may have changed since it was shown.
      ...(activeChange && { ifMatch: `"${activeChange.version}"` }),
    }),
  );
  const count = /^\d+$/.test(replicas) ? Number(replicas) : undefined;
  const inBounds =
    count !== undefined && count >= bounds.min && count <= bounds.max;
  const begin = async () => {
    const change = await submission.submit({
      replicas: count ?? bounds.min,
      reason: reason.trim(),
      // What the browser's field holds is local time.
      ...(until && { until: new Date(until).toISOString() }),
    });
    if (change) onDone();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('scale.title', {
          component: target.componentTitle,
          environment: target.environmentName,
        })}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(submission.error) && (
          <ErrorBanner title={t('scale.failed')} error={submission.error} />
        )}
        <Alert severity="info">
          {inBounds
            ? effectWords(t, target, count)
            : t('scale.bounds', {
                min: String(bounds.min),
                max: String(bounds.max),
              })}
        </Alert>
        {activeChange && (
          <Alert severity="warning">
            {t('scale.supersedes', { what: changeWords(t, activeChange) })}
          </Alert>
        )}
        <TextField
          required
          type="number"
          label={t('scale.replicas')}
          helperText={t('scale.bounds', {
            min: String(bounds.min),
            max: String(bounds.max),
          })}
          error={!inBounds}
          value={replicas}
          onChange={event => setReplicas(event.target.value)}
          inputProps={{ min: bounds.min, max: bounds.max, step: 1 }}
        />
        <TextField
          required={untilRequired}
          type="datetime-local"
          label={t('scale.until')}
          helperText={t(
            untilRequired ? 'scale.untilRequired' : 'scale.untilHelp',
            { days: String(longestDays) },
          )}
          value={until}
          onChange={event => setUntil(event.target.value)}
          InputLabelProps={{ shrink: true }}
        />
        <TextField
          required
          multiline
          label={t('scale.reason')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('scale.cancel')}</Button>
        <Button
          variant="contained"
          disabled={
            submission.submitting ||
            !inBounds ||
            !reason.trim() ||
            (untilRequired && !until)
          }
          onClick={begin}
        >
          {t('scale.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
