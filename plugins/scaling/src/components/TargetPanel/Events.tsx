import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Loaded, RelativeTime } from '@slipway/backstage-plugin-slipway-react';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { useT } from '../../hooks/useT';

/** So many are shown; more would push the next environment off the page. */
const SHOWN = 10;

/** What its autoscaler and workload told, newest first. */
export function Events({ targetId }: { targetId: string }) {
  const t = useT();
  const events = useScalingQuery(['events', targetId], api =>
    api.listEvents(targetId),
  );
  return (
    <Loaded
      query={events}
      errorTitle={t('target.eventsFailed')}
      isEmpty={items => items.length === 0}
      empty={
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('target.noEvents')}
        </Typography>
      }
    >
      {items => (
        <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
          {items.slice(0, SHOWN).map(({ id, at, reason, message, count }) => (
            <li key={id}>
              <RelativeTime at={at} /> · {reason}: {message}
              {count > 1 && ` (${t('target.times', { count })})`}
            </li>
          ))}
        </Box>
      )}
    </Loaded>
  );
}
