import Alert, { type AlertColor } from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';

/** What is going on, and what the person should do now. Changes are read out to those who do not see them. */
export function StateMessage(props: {
  severity: AlertColor;
  message: string;
  advice?: string;
}) {
  const { severity, message, advice } = props;
  return (
    <Alert
      role="status"
      aria-live="polite"
      severity={severity}
      sx={{ mb: 3, fontSize: 16, overflowWrap: 'anywhere' }}
    >
      <AlertTitle sx={{ fontSize: 18 }}>{message}</AlertTitle>
      {advice}
    </Alert>
  );
}
