import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import { describeError } from '../../errors/describeError';
import { useT } from '../../hooks/useT';

/**
 * What failed, in the API's words, with each refused field.
 *
 * @public
 */
export function ErrorBanner(props: {
  title: string;
  error: unknown;
  /** True when what is shown below was read before it failed. */
  stale?: boolean;
  onRetry?: () => void;
}) {
  const { title, error, stale, onRetry } = props;
  const t = useT();
  const { message, fields } = describeError(error);
  return (
    <Alert
      severity="error"
      sx={{ mb: 2, overflowWrap: 'anywhere' }}
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            {t('states.retry')}
          </Button>
        )
      }
    >
      <AlertTitle>{title}</AlertTitle>
      {message}
      {fields.length > 0 && (
        <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
          {fields.map(({ name, detail }) => (
            <li key={`${name} ${detail}`}>
              {name ? `${name}: ${detail}` : detail}
            </li>
          ))}
        </ul>
      )}
      {stale && <div>{t('states.stale')}</div>}
    </Alert>
  );
}
