import { useId, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import type {
  EndChangeRequest,
  ScalingChange,
} from '@slipway/backstage-plugin-scaling-common';
import {
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { scalingApiRef } from '../../api/scalingApi';
import { useT } from '../../hooks/useT';

/** Ends a change, after asking what becomes of the replicas, and why. */
export function EndDialog(props: {
  change: ScalingChange;
  onDone: () => void;
  onClose: () => void;
}) {
  const { change, onDone, onClose } = props;
  const t = useT();
  const api = useApi(scalingApiRef);
  const titleId = useId();
  const choiceId = useId();
  const [restore, setRestore] = useState(true);
  const [reason, setReason] = useState('');
  const submission = useSubmission((body: EndChangeRequest, idempotencyKey) =>
    api.endChange(change.id, body, { idempotencyKey }),
  );
  const end = async () => {
    if (await submission.submit({ reason: reason.trim(), restore })) onDone();
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
        {t('end.title', {
          component: change.componentTitle,
          environment: change.environmentName,
        })}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(submission.error) && (
          <ErrorBanner title={t('end.failed')} error={submission.error} />
        )}
        <FormControl>
          <FormLabel id={choiceId}>{t('end.what')}</FormLabel>
          <RadioGroup
            aria-labelledby={choiceId}
            value={restore ? 'restore' : 'leave'}
            onChange={event => setRestore(event.target.value === 'restore')}
          >
            <FormControlLabel
              value="restore"
              control={<Radio />}
              label={t('end.restore')}
            />
            <FormControlLabel
              value="leave"
              control={<Radio />}
              label={t('end.leave')}
            />
          </RadioGroup>
        </FormControl>
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
          color="error"
          disabled={submission.submitting || !reason.trim()}
          onClick={end}
        >
          {t('changes.end')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
