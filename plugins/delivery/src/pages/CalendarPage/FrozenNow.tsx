import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { useNow } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { useWindows } from '../../hooks/useWindows';
import { frozenAt, localTime, matchWords, ownTimes } from './calendarModel';

/** Milliseconds that one question about the present is good for. */
const SPAN = 5 * 60_000;

/** The freezes that are on, whatever month is shown. */
export function FrozenNow() {
  const t = useT();
  const now = useNow(15_000);
  const from = Math.floor(now / SPAN) * SPAN;
  const { data } = useWindows(
    {
      from: new Date(from).toISOString(),
      to: new Date(from + SPAN).toISOString(),
    },
    // The freeze does not go away while it is asked for again.
    { keepPrevious: true },
  );
  const freezes = frozenAt(data?.items ?? [], now);
  if (freezes.length === 0) return null;
  return (
    <Alert severity="warning" sx={{ mb: 3, fontSize: 16 }}>
      <AlertTitle sx={{ fontSize: 18 }}>{t('calendar.now')}</AlertTitle>
      <Box
        component="ul"
        aria-label={t('calendar.now')}
        sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}
      >
        {freezes.map(window => (
          <li
            key={`${window.name} ${window.start}`}
            title={ownTimes(t, window)}
          >
            <strong>
              {t('calendar.nowUntil', {
                title: window.title,
                end: localTime(window.end),
              })}
            </strong>{' '}
            ({matchWords(t, window.match)})
          </li>
        ))}
      </Box>
    </Alert>
  );
}
