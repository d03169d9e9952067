import { Link } from '@backstage/core-components';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import type { Rollout } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  RelativeTime,
  ScrollTable,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { Duration } from '../Duration';
import { ReleaseLabel } from '../ReleaseLabel';
import { strategyKind } from '../RolloutFacts';
import { PhaseWord } from '../Status';

/** Rollouts as rows, each a link to its page. */
export function RolloutsTable(props: {
  rollouts: readonly Rollout[];
  /** On the page of one component, its name goes without saying. */
  hideComponent?: boolean;
  oldestFirst?: boolean;
  onSort?: () => void;
}) {
  const { rollouts, hideComponent, oldestFirst, onSort } = props;
  const t = useT();
  const links = useDeliveryLinks();
  const started = t('rollouts.started');
  return (
    <ScrollTable label={t('rollouts.title')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('rollouts.rollout')}</TableCell>
          {!hideComponent && <TableCell>{t('rollouts.component')}</TableCell>}
          <TableCell>{t('rollouts.environment')}</TableCell>
          <TableCell>{t('rollouts.release')}</TableCell>
          <TableCell>{t('rollouts.phase')}</TableCell>
          <TableCell>{t('rollouts.strategy')}</TableCell>
          <TableCell>{t('rollouts.by')}</TableCell>
          <TableCell sortDirection={onSort && (oldestFirst ? 'asc' : 'desc')}>
            {onSort ? (
              <TableSortLabel
                active
                direction={oldestFirst ? 'asc' : 'desc'}
                onClick={onSort}
              >
                {started}
              </TableSortLabel>
            ) : (
              started
            )}
          </TableCell>
          <TableCell>{t('rollouts.duration')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rollouts.map(rollout => {
          const link = links.rollout(rollout.id);
          const kind = t(`rollouts.kind.${rollout.kind}`);
          return (
            <TableRow key={rollout.id} hover>
              <TableCell component="th" scope="row">
                {link ? (
                  <Link
                    to={link}
                    aria-label={t('rollouts.open', {
                      kind,
                      component: rollout.componentTitle,
                      version: rollout.release.version,
                      environment: rollout.environmentName,
                    })}
                  >
                    {kind}
                  </Link>
                ) : (
                  kind
                )}
              </TableCell>
              {!hideComponent && (
                <TableCell>{rollout.componentTitle}</TableCell>
              )}
              <TableCell>{rollout.environmentName}</TableCell>
              <TableCell>
                <ReleaseLabel release={rollout.previousRelease} /> →{' '}
                <ReleaseLabel release={rollout.release} />
              </TableCell>
              <TableCell>
                <PhaseWord phase={rollout.phase} />
              </TableCell>
              <TableCell>
                {t(`strategy.${strategyKind(rollout.strategy)}`)}
              </TableCell>
              <TableCell>
                <ActorLink actor={rollout.requestedBy} />
              </TableCell>
              <TableCell>
                <RelativeTime at={rollout.createdAt} />
              </TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                <Duration from={rollout.createdAt} to={rollout.finishedAt} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </ScrollTable>
  );
}
