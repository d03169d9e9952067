import { lazy, Suspense } from 'react';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { Forecast } from '@slipway/backstage-plugin-scaling-common';
import { Loaded, RelativeTime } from '@slipway/backstage-plugin-slipway-react';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { type T, useT } from '../../hooks/useT';
import { oneDecimal } from '../numbers';

const ForecastChart = lazy(() =>
  import('./ForecastChart').then(m => ({ default: m.ForecastChart })),
);

/** Milliseconds; it goes by whole hours. */
const REFRESH_MS = 15 * 60_000;

/** How many replicas the load of one target will ask for. */
export function ForecastPanel({ targetId }: { targetId: string }) {
  const t = useT();
  const forecast = useScalingQuery(
    ['forecast', targetId],
    api => api.getForecast(targetId),
    REFRESH_MS,
  );
  return (
    <Loaded
      query={forecast}
      errorTitle={t('forecast.failed')}
      skeleton={<Skeleton variant="rounded" height={120} />}
      isEmpty={({ refused }) => refused !== undefined}
      empty={
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {forecast.data?.refused}
        </Typography>
      }
    >
      {data => (
        <>
          <Typography variant="body2" sx={{ mb: 1 }}>
            {trendWords(t, data)} <Limit forecast={data} />
          </Typography>
          <Suspense fallback={<Skeleton variant="rounded" height={200} />}>
            <ForecastChart forecast={data} />
          </Suspense>
          <Typography sx={{ fontSize: 12, color: 'text.secondary' }}>
            {t('forecast.legend', {
              percent: String(Math.round((data.confidence ?? 0) * 100)),
            })}
          </Typography>
        </>
      )}
    </Loaded>
  );
}

function trendWords(t: T, { trendPerWeek = 0 }: Forecast): string {
  const change = oneDecimal(Math.abs(trendPerWeek));
  if (change === '0') return t('forecast.steady');
  return t(trendPerWeek > 0 ? 'forecast.more' : 'forecast.less', { change });
}

/** When the present limit is reached, at the earliest and in the mean. */
function Limit({ forecast }: { forecast: Forecast }) {
  const t = useT();
  const { maxReplicas, mayReachMaxAt, reachesMaxAt } = forecast;
  if (maxReplicas === undefined) return null;
  const limit = String(maxReplicas);
  if (!mayReachMaxAt) return <>{t('forecast.enough', { limit })}</>;
  return (
    <>
      {reachesMaxAt
        ? t('forecast.reaches', { limit })
        : t('forecast.mayReach', { limit })}{' '}
      <RelativeTime at={reachesMaxAt ?? mayReachMaxAt} mayCome />
      {reachesMaxAt && reachesMaxAt !== mayReachMaxAt && (
        <>
          {t('forecast.earliest')} <RelativeTime at={mayReachMaxAt} mayCome />
        </>
      )}
      .
    </>
  );
}
