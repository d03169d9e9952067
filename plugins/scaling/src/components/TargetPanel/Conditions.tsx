import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import { RelativeTime } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

/** Why it does or does not scale, in words, with what the autoscaler itself says below. */
export function Conditions({ target }: { target: ScalingTarget }) {
  const t = useT();
  const { conditions, driver } = target;
  if (conditions.length === 0)
    return (
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t(
          driver.kind === 'fixed' ? 'target.fixedHelp' : 'target.noConditions',
        )}
      </Typography>
    );
  return (
    <>
      {conditions.map(({ type, reason, severity, message, detail, since }) => (
        <Alert
          key={`${type} ${reason}`}
          severity={severity}
          sx={{ mb: 1, overflowWrap: 'anywhere' }}
        >
          {message}
          <Typography component="div" sx={{ fontSize: 12, mt: 0.5 }}>
            {reason}
            {detail && `: ${detail}`}
            {since && (
              <>
                {' · '}
                <RelativeTime at={since} />
              </>
            )}
          </Typography>
        </Alert>
      ))}
    </>
  );
}
