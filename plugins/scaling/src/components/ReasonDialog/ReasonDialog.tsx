import { type ReactNode, useId, useState } from 'react';
import Button from '@mui/material/Button';
import Dialog, { type DialogProps } from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import {
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

/** Asks for something and always for a reason, which is sent together; what it is refused for is told above. */
export function ReasonDialog<Body extends { reason: string }, Answer>(props: {
  title: string;
  submit: string;
  /** What to say that failed. */
  failed: string;
  color?: 'primary' | 'error';
  maxWidth?: DialogProps['maxWidth'];
  /** What else is asked for. */
  children: ReactNode;
  /** That with the reason, as the API takes it; nothing as long as something is missing. */
  body: (reason: string) => Body | undefined;
  send: (
    body: Body,
    options: { idempotencyKey: string },
  ) => Promise<Answer | undefined>;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}) {
  const { title, submit, failed, color, maxWidth = 'sm', children } = props;
  const { body, send, onDone, onClose } = props;
  const t = useT();
  const titleId = useId();
  const [reason, setReason] = useState('');
  const submission = useSubmission((asked: Body, idempotencyKey: string) =>
    send(asked, { idempotencyKey }),
  );
  const said = reason.trim();
  const whole = said ? body(said) : undefined;
  const begin = async () => {
    const answer = whole && (await submission.submit(whole));
    if (answer !== undefined) onDone(answer);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth={maxWidth}
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(submission.error) && (
          <ErrorBanner title={failed} error={submission.error} />
        )}
        {children}
        <TextField
          required
          multiline
          label={t('reason.label')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('reason.cancel')}</Button>
        <Button
          variant="contained"
          color={color}
          disabled={submission.submitting || !whole}
          onClick={begin}
        >
          {submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
