import { useId, useState, type ReactNode } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import {
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { SHORTEST_REASON } from './shortestReason';

/** Says what will happen, and does it for a reason that the person has to give. */
export function ReasonDialog<Answer, More extends object = object>(props: {
  title: string;
  text: string;
  submit: string;
  /** What to say that failed. */
  failed: string;
  color?: 'primary' | 'error';
  /** What else is asked for. */
  fields?: ReactNode;
  /** What they hold, which is sent as well. */
  more?: More;
  send: (
    body: { reason: string } & More,
    options: { idempotencyKey: string },
  ) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}) {
  const { title, text, submit, failed, color, send, onDone, onClose } = props;
  const { fields, more = {} as More } = props;
  const t = useT();
  const titleId = useId();
  const textId = useId();
  const [reason, setReason] = useState('');
  const submission = useSubmission(
    (body: { reason: string } & More, key: string) =>
      send(body, { idempotencyKey: key }),
  );
  const confirm = async () => {
    const answer = await submission.submit({
      ...more,
      reason: reason.trim(),
    });
    if (answer !== undefined) onDone(answer);
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
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        {Boolean(submission.error) && (
          <ErrorBanner title={failed} error={submission.error} />
        )}
        <DialogContentText id={textId} sx={{ color: 'text.primary', mb: 2 }}>
          {text}
        </DialogContentText>
        {fields}
        <TextField
          required
          fullWidth
          multiline
          label={t('form.requiredReason')}
          helperText={t('form.requiredReasonHelp')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <Button
          variant="contained"
          color={color}
          disabled={
            submission.submitting || reason.trim().length < SHORTEST_REASON
          }
          onClick={confirm}
        >
          {submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
