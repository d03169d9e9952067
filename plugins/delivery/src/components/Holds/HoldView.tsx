import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import PinIcon from '@mui/icons-material/PushPin';
import type { Hold } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  ReasonButton,
  ReasonDialog,
  RelativeTime,
  StatusWord,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useT } from '../../hooks/useT';
import { statusLine } from '../statusLine';
import { useRefreshHolds } from './useRefreshHolds';

/** That nothing is promoted automatically: why, by whom, since when, and the button that ends it. */
export function HoldView(props: {
  hold: Hold;
  /** Component and environment, as people call them. */
  words: { component: string; environment: string };
}) {
  const { hold, words } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const refresh = useRefreshHolds();
  const [releases, setReleases] = useState(false);
  const permission = hold.allowedActions.release;
  return (
    <Box sx={{ overflowWrap: 'anywhere' }}>
      <Box sx={statusLine}>
        <StatusWord icon={PinIcon} tone="warning" label={t('holds.held')} />
        <span>“{hold.reason}”</span>
      </Box>
      <Box sx={{ ...statusLine, rowGap: 0.5, color: 'text.secondary' }}>
        <span>
          {t(`holds.cause.${hold.cause}`)} {t('holds.by')}{' '}
          <ActorLink actor={hold.by} /> <RelativeTime at={hold.at} />
        </span>
        <ReasonButton
          size="small"
          variant="outlined"
          aria-label={t('holds.releaseIn', words)}
          reason={
            permission?.allowed === false
              ? (permission.reason ?? t('actions.notAllowed'))
              : undefined
          }
          onClick={() => setReleases(true)}
        >
          {t('holds.release')}
        </ReasonButton>
      </Box>
      {releases && (
        <ReasonDialog
          title={t('holds.releaseTitle', words)}
          text={t('holds.releaseText', words)}
          submit={t('holds.release')}
          failed={t('holds.releaseFailed')}
          body={reason => ({ reason })}
          send={(body, options) => api.releaseHold(hold.id, body, options)}
          onDone={() => {
            setReleases(false);
            refresh();
          }}
          onClose={() => setReleases(false)}
        />
      )}
    </Box>
  );
}
