import { Fragment, useState } from 'react';
import Box from '@mui/material/Box';
import Collapse from '@mui/material/Collapse';
import IconButton from '@mui/material/IconButton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import type {
  InstanceStatus,
  Rollout,
  VersionStatus,
} from '@slipway/backstage-plugin-delivery-common';
import {
  RelativeTime,
  ScrollTable,
  visuallyHidden,
} from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { HealthWord } from '../Status';
import { WeightBar } from '../WeightBar';

function Instances({ instances }: { instances: readonly InstanceStatus[] }) {
  const t = useT();
  if (instances.length === 0) {
    return <Typography variant="body2">{t('versions.noInstances')}</Typography>;
  }
  return (
    <Box component="ul" sx={{ m: 0, pl: 2 }}>
      {instances.map(one => (
        <li key={one.id}>
          <code>{one.id}</code>:{' '}
          {one.ready ? t('versions.ready') : t('versions.notReady')},{' '}
          {t('versions.restarts', { count: one.restarts })}
          {one.startedAt && (
            <>
              , {t('versions.startedAt')} <RelativeTime at={one.startedAt} />
            </>
          )}
          {one.message && <>: {one.message}</>}
        </li>
      ))}
    </Box>
  );
}

function VersionRows(props: {
  name: string;
  role: string;
  status: VersionStatus;
}) {
  const { name, role, status } = props;
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <Fragment>
      <TableRow>
        <TableCell padding="checkbox">
          <IconButton
            size="small"
            aria-expanded={open}
            aria-label={t('versions.instances', { version: name })}
            onClick={() => setOpen(!open)}
          >
            <ExpandIcon
              sx={{ transform: open ? 'rotate(180deg)' : undefined }}
            />
          </IconButton>
        </TableCell>
        <TableCell component="th" scope="row">
          <Box sx={{ fontWeight: 600 }}>{name}</Box>
          <Box sx={{ color: 'text.secondary' }}>{role}</Box>
        </TableCell>
        <TableCell>
          <HealthWord health={status.health} />
          {status.message && (
            <Box sx={{ overflowWrap: 'anywhere' }}>{status.message}</Box>
          )}
        </TableCell>
        <TableCell>
          {t('versions.replicas', {
            ready: String(status.readyReplicas),
            desired: String(status.desiredReplicas),
          })}
        </TableCell>
        <TableCell>
          <WeightBar weight={status.weight} />
        </TableCell>
      </TableRow>
      <TableRow>
        <TableCell colSpan={5} sx={{ py: 0, ...(!open && { border: 0 }) }}>
          <Collapse in={open} unmountOnExit>
            <Box sx={{ py: 1 }}>
              <Instances instances={status.instances} />
            </Box>
          </Collapse>
        </TableCell>
      </TableRow>
    </Fragment>
  );
}

/** What the runtime last showed of each version of a rollout. */
export function VersionsTable({ rollout }: { rollout: Rollout }) {
  const t = useT();
  const { observation, release, previousRelease } = rollout;
  if (!observation) {
    return (
      <Typography sx={{ p: 2, color: 'text.secondary' }}>
        {t('versions.unknown')}
      </Typography>
    );
  }
  const naming = (releaseId: string) => {
    if (releaseId === release.id)
      return { name: release.version, role: t('versions.new') };
    if (releaseId === previousRelease?.id)
      return { name: previousRelease.version, role: t('versions.previous') };
    return { name: releaseId, role: t('versions.other') };
  };
  // Of what ran before both, a runtime may keep what it could start again.
  const shown = observation.versions.filter(
    ({ releaseId, replicas, weight }) =>
      [release.id, previousRelease?.id].includes(releaseId) ||
      replicas > 0 ||
      weight > 0,
  );
  return (
    <>
      <ScrollTable label={t('versions.title')}>
        <TableHead>
          <TableRow>
            <TableCell>
              <span style={visuallyHidden}>{t('versions.details')}</span>
            </TableCell>
            <TableCell>{t('versions.version')}</TableCell>
            <TableCell>{t('versions.health')}</TableCell>
            <TableCell>{t('versions.replicasTitle')}</TableCell>
            <TableCell>{t('versions.weight')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map(status => (
            <VersionRows
              key={status.releaseId}
              {...naming(status.releaseId)}
              status={status}
            />
          ))}
        </TableBody>
      </ScrollTable>
      <Typography
        variant="body2"
        sx={{ px: 2, py: 1, color: 'text.secondary' }}
      >
        {t('versions.observed')} <RelativeTime at={observation.observedAt} />
        {observation.message && `: ${observation.message}`}
      </Typography>
    </>
  );
}
