import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type {
  RightSizing,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import { Loaded, useUrlState } from '@slipway/backstage-plugin-slipway-react';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { type T, useT } from '../../hooks/useT';
import { amount, oneDecimal } from '../numbers';
import { ReleaseDialog } from './ReleaseDialog';
import { SizingTable } from './SizingTable';

/** Milliseconds; it goes by days. */
const REFRESH_MS = 15 * 60_000;
const windows = [1, 3, 7, 14, 30];
const urlDefaults = { usageDays: '7' };

/** How much the containers of a workload should request, with the arithmetic. */
export function RightSizingPanel({ target }: { target: ScalingTarget }) {
  const t = useT();
  const [releases, setReleases] = useState(false);
  const [{ usageDays }, setState] = useUrlState(urlDefaults);
  const days = windows.find(known => String(known) === usageDays) ?? 7;
  const found = useScalingQuery(
    ['right-sizing', target.id, days],
    api => api.getRightSizing(target.id, { days }),
    REFRESH_MS,
  );
  return (
    <Box component="section" sx={{ mt: 2 }} aria-label={t('rightSizing.title')}>
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
        <Typography component="h4" sx={{ fontWeight: 600 }}>
          {t('rightSizing.title')}
        </Typography>
        <TextField
          select
          size="small"
          label={t('rightSizing.range')}
          value={String(days)}
          onChange={event => setState({ usageDays: event.target.value })}
          sx={{ minWidth: 140 }}
        >
          {windows.map(count => (
            <MenuItem key={count} value={String(count)}>
              {t('history.days', { count })}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      <Loaded
        query={found}
        errorTitle={t('rightSizing.failed')}
        skeleton={<Skeleton variant="rounded" height={80} />}
        isEmpty={({ refused }) => refused !== undefined}
        empty={
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('bottlenecks.sentence', { evidence: found.data?.refused ?? '' })}
          </Typography>
        }
      >
        {data => (
          <>
            <Typography variant="body2" sx={{ mb: 1 }}>
              {savingWords(t, data)}
            </Typography>
            <SizingTable containers={data.containers} />
            {data.notes.map(note => (
              <Typography key={note} variant="body2" sx={{ mt: 1 }}>
                {t('bottlenecks.sentence', { evidence: note })}
              </Typography>
            ))}
            {releasable(target, data).length > 0 && (
              <Button
                variant="outlined"
                size="small"
                sx={{ mt: 1 }}
                onClick={() => setReleases(true)}
              >
                {t('rightSizing.release.open')}
              </Button>
            )}
            {releases && (
              <ReleaseDialog
                target={target}
                sizings={releasable(target, data)}
                days={days}
                onClose={() => setReleases(false)}
              />
            )}
            <Typography sx={{ fontSize: 12, color: 'text.secondary', mt: 1 }}>
              {t('rightSizing.legend', {
                source: data.source ?? '',
                minutes: oneDecimal((data.stepSeconds ?? 0) / 60),
              })}
            </Typography>
          </>
        )}
      </Loaded>
    </Box>
  );
}

/** What differs of the container that delivery rolls out. */
function releasable(
  { containers = [], delivered }: ScalingTarget,
  found: RightSizing,
) {
  const released = containers.find(({ ofRelease }) => ofRelease);
  if (!delivered || !released) return [];
  const sizings = found.containers.find(
    ({ container }) => container === released.name,
  )?.resources;
  return (sizings ?? []).filter(({ verdict }) => verdict !== 'keep');
}

function savingWords(t: T, { noSaving, saving }: RightSizing): string {
  if (noSaving) return t('rightSizing.noSaving', { reason: noSaving });
  if (!saving) return t('rightSizing.nothing');
  const told = {
    amount: amount(Math.abs(saving.perMonth), saving.currency),
    replicas: oneDecimal(saving.replicas),
    hours: oneDecimal(saving.hoursPerMonth),
  };
  return saving.perMonth < 0
    ? t('rightSizing.costs', told)
    : t('rightSizing.saves', told);
}
