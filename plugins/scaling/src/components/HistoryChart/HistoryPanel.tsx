import { lazy, Suspense, useState } from 'react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { Loaded } from '@slipway/backstage-plugin-slipway-react';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { useT } from '../../hooks/useT';

// recharts is by far the biggest part of the plugin; only pages that draw load it.
const HistoryChart = lazy(() =>
  import('./HistoryChart').then(m => ({ default: m.HistoryChart })),
);

const RANGES = [6, 24, 168, 720];

/** The history of one target, over a time that can be chosen. */
export function HistoryPanel({ targetId }: { targetId: string }) {
  const t = useT();
  const [hours, setHours] = useState(RANGES[0]);
  const history = useScalingQuery(['history', targetId, hours], api =>
    api.getHistory(targetId, { hours }),
  );
  return (
    <Box component="figure" sx={{ m: 0, mt: 2, minWidth: 0 }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'center',
          justifyContent: 'space-between',
          mb: 1,
        }}
      >
        <Typography component="figcaption" sx={{ fontWeight: 600 }}>
          {t('history.title')}
        </Typography>
        <TextField
          select
          size="small"
          label={t('history.range')}
          value={hours}
          onChange={event => setHours(Number(event.target.value))}
        >
          {RANGES.map(range => (
            <MenuItem key={range} value={range}>
              {range > 24
                ? t('history.days', { count: range / 24 })
                : t('history.hours', { count: range })}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      <Loaded
        query={history}
        errorTitle={t('history.failed')}
        skeleton={<Skeleton variant="rounded" height={200} />}
        isEmpty={({ samples }) => samples.length === 0}
        empty={
          <Typography variant="body2" sx={{ color: 'text.secondary', py: 4 }}>
            {t('history.empty')}
          </Typography>
        }
      >
        {data => (
          <Suspense fallback={<Skeleton variant="rounded" height={200} />}>
            <HistoryChart history={data} />
            <Typography sx={{ fontSize: 12, color: 'text.secondary' }}>
              {t('history.legend')}
            </Typography>
          </Suspense>
        )}
      </Loaded>
    </Box>
  );
}
