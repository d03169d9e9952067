import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { ErrorBanner } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { useWindowExceptions } from '../../hooks/useWindowExceptions';
import { AskExceptionDialog } from './AskExceptionDialog';
import { ExceptionList } from './ExceptionList';

/** The exceptions for one component in one environment that a window closes, and the button that asks for one. */
export function TargetExceptions(props: {
  componentRef: string;
  environmentRef: string;
  /** Component and environment, as people call them. */
  words: { component: string; environment: string };
}) {
  const { componentRef, environmentRef, words } = props;
  const t = useT();
  const [asking, setAsking] = useState(false);
  const query = useWindowExceptions(componentRef);
  const own = (query.data ?? []).filter(
    one => one.environmentRef === environmentRef,
  );
  return (
    <Box sx={{ mt: 2 }}>
      {Boolean(query.error) && (
        <ErrorBanner
          title={t('exceptions.failed')}
          error={query.error}
          stale={query.data !== undefined}
          onRetry={query.retry}
        />
      )}
      {own.length > 0 ? (
        <ExceptionList exceptions={own} onEnded={query.retry} />
      ) : (
        <Button variant="outlined" onClick={() => setAsking(true)}>
          {t('exceptions.askButton')}
        </Button>
      )}
      {asking && (
        <AskExceptionDialog
          componentRef={componentRef}
          environmentRef={environmentRef}
          words={words}
          onAsked={() => {
            setAsking(false);
            query.retry();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Box>
  );
}
