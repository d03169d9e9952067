import { lazy, Suspense } from 'react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type {
  WhatIf,
  WhatIfOutcome,
} from '@slipway/backstage-plugin-scaling-common';
import {
  formatInstant,
  ScrollTable,
} from '@slipway/backstage-plugin-slipway-react';
import { type T, useT } from '../../hooks/useT';
import { amount, oneDecimal, signed } from '../numbers';

const WhatIfChart = lazy(() =>
  import('./WhatIfChart').then(m => ({ default: m.WhatIfChart })),
);

/** So many changes are told; the chart shows all of them. */
const SHOWN = 10;

/** How a policy would have fared, beside how it was. */
export function WhatIfResult({ result }: { result: WhatIf }) {
  const t = useT();
  const { changes, noPrice, startupAssumed, startupSeconds, totalChanges } =
    result;
  return (
    <>
      <Suspense fallback={<Skeleton variant="rounded" height={200} />}>
        <WhatIfChart result={result} />
      </Suspense>
      <Typography sx={{ fontSize: 12, color: 'text.secondary', mb: 2 }}>
        {t('whatIf.legend')}
      </Typography>
      <ScrollTable label={t('whatIf.table')}>
        <TableHead>
          <TableRow>
            <TableCell />
            <TableCell align="right">{t('whatIf.recorded')}</TableCell>
            <TableCell align="right">{t('whatIf.simulated')}</TableCell>
            <TableCell align="right">{t('whatIf.difference')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rowsOf(t, result).map(({ name, of, format }) => {
            const [was, wouldBe] = [of(result.recorded), of(result.simulated)];
            const isKnown = was !== undefined && wouldBe !== undefined;
            return (
              <TableRow key={name}>
                <TableCell component="th" scope="row">
                  {name}
                </TableCell>
                <TableCell align="right">
                  {was === undefined ? t('value.unknown') : format(was)}
                </TableCell>
                <TableCell align="right">
                  {wouldBe === undefined ? t('value.unknown') : format(wouldBe)}
                </TableCell>
                <TableCell align="right">
                  {isKnown ? signed(wouldBe - was, format) : t('value.unknown')}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </ScrollTable>
      <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1 }}>
        {t('whatIf.seen', {
          time: durationWords(t, result.recorded.seconds),
          step: durationWords(t, result.stepSeconds),
        })}{' '}
        {t(startupAssumed ? 'whatIf.assumed' : 'whatIf.given', {
          seconds: String(startupSeconds),
        })}{' '}
        {noPrice && t('whatIf.noPrice', { reason: noPrice })}
      </Typography>
      <Typography component="h3" sx={{ fontWeight: 600, mt: 2 }}>
        {t('whatIf.changes', { count: totalChanges })}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
        {changes.slice(0, SHOWN).map(({ at, from, to, reason }) => (
          <li key={at}>
            {t('whatIf.change', {
              at: formatInstant(at),
              from: String(from),
              to: String(to),
              reason,
            })}
          </li>
        ))}
      </Box>
      {totalChanges > SHOWN && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('whatIf.moreChanges', { count: totalChanges - SHOWN })}
        </Typography>
      )}
    </>
  );
}

function rowsOf(t: T, { price }: WhatIf) {
  const rows: Array<{
    name: string;
    of: (outcome: WhatIfOutcome) => number | undefined;
    format: (value: number) => string;
  }> = [
    {
      name: t('whatIf.replicaHours'),
      of: ({ replicaHours }) => replicaHours,
      format: oneDecimal,
    },
    {
      name: t('whatIf.peak'),
      of: ({ peakReplicas }) => peakReplicas,
      format: oneDecimal,
    },
    {
      name: t('whatIf.over'),
      of: ({ secondsOver }) => secondsOver,
      format: seconds => durationWords(t, seconds),
    },
    {
      name: t('whatIf.cost'),
      of: ({ cost }) => cost,
      format: value => amount(value, price?.currency ?? ''),
    },
  ];
  return rows;
}

function durationWords(t: T, seconds: number): string {
  if (seconds < 120)
    return t('whatIf.seconds', { seconds: oneDecimal(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return t('whatIf.minutes', { minutes: String(minutes) });
  return t('whatIf.hours', { hours: oneDecimal(seconds / 3600) });
}
