import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Loaded } from '@slipway/backstage-plugin-slipway-react';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { useT } from '../../hooks/useT';

/** Milliseconds; it goes by hours. */
const REFRESH_MS = 5 * 60_000;

/** What keeps a workload from scaling well, what that is concluded from, and what to do. */
export function Bottlenecks({ targetId }: { targetId: string }) {
  const t = useT();
  const bottlenecks = useScalingQuery(
    ['bottlenecks', targetId],
    api => api.listBottlenecks(targetId),
    REFRESH_MS,
  );
  return (
    <Box sx={{ mt: 2 }}>
      <Typography component="h4" sx={{ fontWeight: 600, mb: 1 }}>
        {t('bottlenecks.title')}
      </Typography>
      <Loaded
        query={bottlenecks}
        errorTitle={t('bottlenecks.failed')}
        skeleton={<Skeleton variant="rounded" height={40} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('bottlenecks.none')} <NotLookedAt of={bottlenecks.data} />
          </Typography>
        }
      >
        {({ items }) => (
          <>
            {items.map(({ kind, evidence, action }) => (
              <Alert
                key={evidence}
                severity={kind === 'idleAtMinimum' ? 'info' : 'warning'}
                sx={{ mb: 1, overflowWrap: 'anywhere' }}
              >
                {t('bottlenecks.sentence', { evidence })}
                <div>{t('bottlenecks.sentence', { evidence: action })}</div>
              </Alert>
            ))}
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              <NotLookedAt of={bottlenecks.data} />
            </Typography>
          </>
        )}
      </Loaded>
    </Box>
  );
}

/** Why some kinds could not be found, where that is so. */
function NotLookedAt({ of }: { of?: { notLookedAt?: string } }) {
  const t = useT();
  if (!of?.notLookedAt) return null;
  return <>{t('bottlenecks.notLookedAt', { reason: of.notLookedAt })}</>;
}
