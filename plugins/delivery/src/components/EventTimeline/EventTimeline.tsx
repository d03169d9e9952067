import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { RolloutEvent } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { foldLooks } from './foldLooks';

/** Why, where the person who caused the event said so. */
function reasonOf(event: RolloutEvent): string | undefined {
  const { reason } = event.data;
  return typeof reason === 'string' && reason ? reason : undefined;
}

/** What happened, with who and why. */
export function EventTimeline({ events }: { events: readonly RolloutEvent[] }) {
  const t = useT();
  return (
    <Box component="ol" aria-label={t('events.title')} sx={{ m: 0, p: 0 }}>
      {foldLooks(events).map(({ event, times, since }) => {
        const reason = reasonOf(event);
        return (
          <Box
            component="li"
            key={event.id}
            sx={{
              listStyle: 'none',
              display: 'grid',
              gridTemplateColumns: { xs: '1fr', sm: '130px 1fr' },
              columnGap: 2,
              py: 1,
              borderTop: 1,
              borderColor: 'divider',
              '&:first-of-type': { borderTop: 0 },
            }}
          >
            <Typography
              component="span"
              variant="body2"
              sx={{ color: 'text.secondary' }}
            >
              <RelativeTime at={event.at} />
            </Typography>
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <Typography component="span" variant="body1">
                {event.summary}
                {times > 1 && (
                  <>
                    {t('events.times', { count: times })}{' '}
                    <RelativeTime at={since} />
                  </>
                )}
              </Typography>
              <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                {t('events.by')} <ActorLink actor={event.actor} />
                {reason && <>: “{reason}”</>}
              </Typography>
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
