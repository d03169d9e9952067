import KeepIcon from '@mui/icons-material/CheckCircleOutline';
import LowerIcon from '@mui/icons-material/ArrowDownward';
import RaiseIcon from '@mui/icons-material/ArrowUpward';
import SetIcon from '@mui/icons-material/AddCircleOutline';
import { type ElementType, Fragment } from 'react';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type {
  ResourceSizing,
  RightSizing,
} from '@slipway/backstage-plugin-scaling-common';
import {
  ScrollTable,
  StatusWord,
  type StatusTone,
} from '@slipway/backstage-plugin-slipway-react';
import { type T, useT } from '../../hooks/useT';
import { oneDecimal } from '../numbers';
import { quantity } from './quantities';

const signs: Record<
  ResourceSizing['verdict'],
  { icon: ElementType; tone: StatusTone }
> = {
  keep: { icon: KeepIcon, tone: 'success' },
  lower: { icon: LowerIcon, tone: 'info' },
  raise: { icon: RaiseIcon, tone: 'warning' },
  set: { icon: SetIcon, tone: 'warning' },
};

// The arithmetic follows in a row of its own, and belongs to it.
const above = { border: 0, pb: 0.5, whiteSpace: 'nowrap' };

/** What each container requests, what it should, and how that is reckoned. */
export function SizingTable(props: { containers: RightSizing['containers'] }) {
  const t = useT();
  return (
    <ScrollTable label={t('rightSizing.title')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('rightSizing.container')}</TableCell>
          <TableCell>{t('rightSizing.requested')}</TableCell>
          <TableCell>{t('rightSizing.recommended')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.containers.flatMap(({ container, resources }) =>
          resources.map(sizing => (
            <Fragment key={`${container} ${sizing.resource}`}>
              <TableRow>
                <TableCell component="th" scope="rowgroup" sx={above}>
                  {t(`rightSizing.${sizing.resource}`, { container })}
                </TableCell>
                <TableCell sx={above}>
                  {sizing.request === undefined
                    ? t('rightSizing.unset')
                    : quantity(t, sizing.resource, sizing.request)}
                  {sizing.limit !== undefined && (
                    <Box sx={{ color: 'text.secondary' }}>
                      {t('rightSizing.limit', {
                        value: quantity(t, sizing.resource, sizing.limit),
                      })}
                    </Box>
                  )}
                </TableCell>
                <TableCell sx={above}>
                  <StatusWord
                    {...signs[sizing.verdict]}
                    label={t(`rightSizing.verdict.${sizing.verdict}`, {
                      value: quantity(t, sizing.resource, sizing.recommended),
                    })}
                  />
                  <Box sx={{ color: 'text.secondary' }}>
                    {t(`rightSizing.confidence.${sizing.confidence}`)}
                  </Box>
                </TableCell>
              </TableRow>
              <TableRow>
                <TableCell colSpan={3} sx={{ pt: 0, overflowWrap: 'anywhere' }}>
                  {arithmetic(t, sizing)}
                  {sizing.reasons.map(reason => (
                    <Box key={reason} sx={{ color: 'text.secondary' }}>
                      {t('bottlenecks.sentence', { evidence: capital(reason) })}
                    </Box>
                  ))}
                </TableCell>
              </TableRow>
            </Fragment>
          )),
        )}
      </TableBody>
    </ScrollTable>
  );
}

function arithmetic(t: T, sizing: ResourceSizing): string {
  const { byDay, headroom, percentile, replicas, resource, samples } = sizing;
  const of = (value: number) => quantity(t, resource, value);
  return [
    t(percentile === 100 ? 'rightSizing.most' : 'rightSizing.percentile', {
      percentile: oneDecimal(percentile),
      samples: oneDecimal(samples),
      replicas: oneDecimal(replicas),
      observed: of(sizing.observed),
      headroom: oneDecimal(headroom * 100),
      recommended: of(sizing.recommended),
    }),
    ...(percentile === 100
      ? []
      : [t('rightSizing.highest', { value: of(sizing.highest) })]),
    ...(byDay && of(byDay.lowest) !== of(byDay.highest)
      ? [
          t('rightSizing.byDay', {
            lowest: of(byDay.lowest),
            highest: of(byDay.highest),
          }),
        ]
      : []),
  ].join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
