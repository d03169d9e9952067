import { useMemo, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import {
  EmptyState,
  Loaded,
  SkeletonRows,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useLiveQuery } from '../../hooks/useLiveQuery';
import { useT } from '../../hooks/useT';
import { LogLines } from './LogLines';

const tails = [100, 200, 500, 2000];
/** Milliseconds. */
const REFRESH_EVERY = 10_000;

/** The last log lines of one version of a rollout. */
export function LogsPanel({ rollout }: { rollout: Rollout }) {
  const t = useT();
  const api = useApi(deliveryApiRef);
  const [releaseId, setReleaseId] = useState(rollout.release.id);
  const [tail, setTail] = useState(200);
  const [filter, setFilter] = useState('');
  const [following, setFollowing] = useState(true);
  const query = useLiveQuery({
    key: ['logs', rollout.id, releaseId, tail],
    read: () => api.getRolloutLogs(rollout.id, { releaseId, tail }),
    pollMs: following ? REFRESH_EVERY : 0,
  });
  const lines = useMemo(() => {
    const wanted = filter.trim().toLocaleLowerCase('en');
    return (query.data ?? []).filter(
      line => !wanted || line.text.toLocaleLowerCase('en').includes(wanted),
    );
  }, [query.data, filter]);
  const releases = [rollout.release, rollout.previousRelease].filter(
    one => one !== undefined,
  );
  return (
    <>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 2,
          alignItems: 'center',
          mb: 2,
        }}
      >
        <TextField
          select
          size="small"
          label={t('logs.version')}
          value={releaseId}
          onChange={event => setReleaseId(event.target.value)}
          sx={{ minWidth: 140 }}
        >
          {releases.map(one => (
            <MenuItem key={one.id} value={one.id}>
              {one.version}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          size="small"
          label={t('logs.tail')}
          value={tail}
          onChange={event => setTail(Number(event.target.value))}
          sx={{ minWidth: 100 }}
        >
          {tails.map(count => (
            <MenuItem key={count} value={count}>
              {count}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          size="small"
          type="search"
          label={t('logs.filter')}
          value={filter}
          onChange={event => setFilter(event.target.value)}
          sx={{ flexGrow: 1, minWidth: 160 }}
        />
        <FormControlLabel
          control={
            <Switch
              checked={following}
              onChange={event => setFollowing(event.target.checked)}
            />
          }
          label={t('logs.follow')}
        />
        <Button onClick={query.retry}>{t('logs.refresh')}</Button>
      </Box>
      <Loaded
        query={query}
        errorTitle={t('logs.failed')}
        skeleton={<SkeletonRows rows={4} height={18} />}
        isEmpty={() => lines.length === 0}
        empty={
          <EmptyState
            title={filter ? t('logs.noMatch') : t('logs.empty')}
            description={filter ? t('logs.noMatchHelp') : t('logs.emptyHelp')}
          />
        }
      >
        {() => <LogLines lines={lines} follow={following} />}
      </Loaded>
    </>
  );
}
