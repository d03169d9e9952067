import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { SpreadPart } from '@slipway/backstage-plugin-scaling-common';
import {
  Loaded,
  ScrollTable,
  StatusWord,
} from '@slipway/backstage-plugin-slipway-react';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { useT } from '../../hooks/useT';
import { oneDecimal } from '../numbers';

/** Milliseconds. */
const REFRESH_MS = 60_000;
const minutes = 60;
/** More are not told one by one: those with most requests, and all that are uneven. */
const SHOWN = 20;

/** How requests and errors spread over the replicas and zones of a workload. */
export function SpreadPanel({ targetId }: { targetId: string }) {
  const t = useT();
  const spread = useScalingQuery(
    ['spread', targetId],
    api => api.getSpread(targetId, { minutes }),
    REFRESH_MS,
  );
  return (
    <Box component="section" sx={{ mt: 2 }} aria-label={t('spread.title')}>
      <Typography component="h4" sx={{ fontWeight: 600, mb: 1 }}>
        {t('spread.title')}
      </Typography>
      <Loaded
        query={spread}
        errorTitle={t('spread.failed')}
        skeleton={<Skeleton variant="rounded" height={80} />}
        isEmpty={({ refused }) => refused !== undefined}
        empty={
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('bottlenecks.sentence', {
              evidence: spread.data?.refused ?? '',
            })}
          </Typography>
        }
      >
        {({ replicas, zones }) => (
          <>
            {zones.length > 1 && (
              <Box sx={{ mb: 2 }}>
                <Parts label={t('spread.zones')} parts={zones} isZones />
              </Box>
            )}
            <Parts label={t('spread.replicas')} parts={shown(replicas)} />
            {replicas.length > shown(replicas).length && (
              <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                {t('spread.more', {
                  count: replicas.length - shown(replicas).length,
                })}
              </Typography>
            )}
          </>
        )}
      </Loaded>
    </Box>
  );
}

function shown(replicas: SpreadPart[]): SpreadPart[] {
  return replicas.filter(({ uneven }, index) => uneven || index < SHOWN);
}

function Parts(props: {
  label: string;
  parts: SpreadPart[];
  isZones?: boolean;
}) {
  const t = useT();
  const { isZones = false, label, parts } = props;
  const hasZones = parts.some(({ zone }) => zone);
  return (
    <ScrollTable label={label}>
      <TableHead>
        <TableRow>
          <TableCell>
            {isZones ? t('spread.zone') : t('spread.replica')}
          </TableCell>
          {isZones && (
            <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
              {t('spread.replicas')}
            </TableCell>
          )}
          {hasZones && <TableCell>{t('spread.zone')}</TableCell>}
          <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
            {t('spread.requests')}
          </TableCell>
          <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
            {t('spread.share')}
          </TableCell>
          <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
            {t('spread.errors')}
          </TableCell>
          <TableCell />
        </TableRow>
      </TableHead>
      <TableBody>
        {parts.map(part => (
          <TableRow key={part.name}>
            <TableCell component="th" scope="row">
              {part.name}
            </TableCell>
            {isZones && (
              <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                {part.replicas}
              </TableCell>
            )}
            {hasZones && (
              <TableCell>{part.zone ?? t('value.unknown')}</TableCell>
            )}
            <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
              {oneDecimal(part.requestsPerSecond)}
            </TableCell>
            <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
              {t('spread.percent', { value: oneDecimal(part.share * 100) })}
            </TableCell>
            <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
              {part.errorRatio === undefined
                ? t('value.unknown')
                : t('spread.percent', {
                    value: oneDecimal(part.errorRatio * 100),
                  })}
            </TableCell>
            <TableCell sx={{ minWidth: 200 }}>
              {part.uneven ? (
                <>
                  <StatusWord
                    icon={WarningIcon}
                    tone="warning"
                    label={t('spread.uneven')}
                  />
                  <Box>
                    {t('bottlenecks.sentence', {
                      evidence:
                        part.uneven.charAt(0).toUpperCase() +
                        part.uneven.slice(1),
                    })}
                  </Box>
                </>
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}
