import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ScalingChange } from '@slipway/backstage-plugin-scaling-common';
import {
  ActorLink,
  ReasonButton,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { rolloutRouteRef } from '../../routes';
import { changeWords } from './changeWords';

/** The newest changes of a workload, with their states in words. */
export function ChangeList(props: {
  items: ScalingChange[];
  onEnd: (change: ScalingChange) => void;
}) {
  const { items, onEnd } = props;
  const t = useT();
  const rolloutLink = useRouteRef(rolloutRouteRef);
  if (!items.length)
    return (
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('changes.none')}
      </Typography>
    );
  return (
    <Box component="ul" sx={{ m: 0, pl: 0, listStyle: 'none' }}>
      {items.map(change => (
        <Box
          component="li"
          key={change.id}
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            justifyContent: 'space-between',
            gap: 1,
            py: 0.5,
          }}
        >
          <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Typography variant="body2">
              {changeWords(t, change)}
              {rolloutLink && change.rolloutId && (
                <>
                  {' '}
                  <Link to={rolloutLink({ id: change.rolloutId })}>
                    {t('changes.rollout')}
                  </Link>
                </>
              )}
            </Typography>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {t('changes.by')} <ActorLink actor={change.requestedBy} />:{' '}
              {change.reason} · <RelativeTime at={change.createdAt} />
            </Typography>
          </Box>
          {!change.finishedAt && (
            <ReasonButton
              size="small"
              reason={
                change.allowedActions.end?.allowed
                  ? undefined
                  : change.allowedActions.end?.reason
              }
              onClick={() => onEnd(change)}
            >
              {t('changes.end')}
            </ReasonButton>
          )}
        </Box>
      ))}
    </Box>
  );
}
