import { useId, useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog, { type DialogProps } from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useSubmission } from '../../hooks/useSubmission';
import { useT } from '../../hooks/useT';
import { ErrorBanner } from '../States/ErrorBanner';
import { SHORTEST_REASON } from './shortestReason';

/**
 * Asks for a reason before something is done, and for what else it needs, which is sent together. What it is refused
 * for is told above.
 *
 * @public
 */
export function ReasonDialog<Body extends object, Answer>(props: {
  title: string;
  /** What will happen. */
  text?: string;
  /** On the button that does it. */
  submit: string;
  /** What to say that failed. */
  failed: string;
  color?: 'primary' | 'error';
  maxWidth?: DialogProps['maxWidth'];
  /** What else is asked for. */
  children?: ReactNode;
  /** That with the reason, as the API takes it; nothing as long as something is missing. */
  body: (reason: string) => Body | undefined;
  send: (body: Body, options: { idempotencyKey: string }) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}) {
  const { title, text, submit, failed, color, maxWidth = 'sm' } = props;
  const { children, body, send, onDone, onClose } = props;
  const t = useT();
  const titleId = useId();
  const textId = useId();
  const [reason, setReason] = useState('');
  const submission = useSubmission((asked: Body, idempotencyKey: string) =>
    send(asked, { idempotencyKey }),
  );
  const said = reason.trim();
  const whole = said.length < SHORTEST_REASON ? undefined : body(said);
  const confirm = async () => {
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
      aria-describedby={text && textId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      {/* Room for the floating label of a first field; doubled, as MUI's own rule below a title is as specific. */}
      <DialogContent sx={{ '&&': { pt: 1 } }}>
        {Boolean(submission.error) && (
          <ErrorBanner title={failed} error={submission.error} />
        )}
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          {text && (
            <DialogContentText id={textId} sx={{ color: 'text.primary' }}>
              {text}
            </DialogContentText>
          )}
          {children}
          <TextField
            required
            multiline
            label={t('reason.label')}
            helperText={t('reason.help')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            inputProps={{ maxLength: 2000 }}
          />
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('reason.cancel')}</Button>
        <Button
          variant="contained"
          color={color}
          disabled={submission.submitting || !whole}
          onClick={confirm}
        >
          {submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
