import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import {
  ButtonLink,
  EmptyState,
  Loaded,
  ScrollTable,
  SkeletonRows,
  TextRoot,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { createComponentRouteRef } from '../../routes';
import { ReleaseLabel } from '../ReleaseLabel';
import { compareHealth, HealthWord } from '../Status';
import { useMyDeployments } from './useMyDeployments';

/** Home widget: how the person's components are, in all environments, worst first. */
export function ComponentHealthContent() {
  const t = useT();
  const links = useDeliveryLinks();
  const create = useRouteRef(createComponentRouteRef);
  const query = useMyDeployments();
  return (
    <TextRoot>
      <Loaded
        query={query}
        errorTitle={t('myHealth.failed')}
        skeleton={<SkeletonRows rows={4} height={28} />}
        isEmpty={items => items.length === 0}
        empty={
          <EmptyState
            title={t('myHealth.empty')}
            description={t('myHealth.emptyHelp')}
          >
            {create && (
              <ButtonLink to={create()} variant="outlined">
                {t('matrix.create')}
              </ButtonLink>
            )}
          </EmptyState>
        }
      >
        {items => (
          <ScrollTable label={t('myHealth.title')}>
            <TableHead>
              <TableRow>
                <TableCell>{t('rollouts.component')}</TableCell>
                <TableCell>{t('rollouts.environment')}</TableCell>
                <TableCell>{t('rollouts.release')}</TableCell>
                <TableCell>{t('versions.health')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {[...items]
                .sort(
                  (a, b) =>
                    compareHealth(a.health, b.health) ||
                    a.componentTitle.localeCompare(b.componentTitle, 'en'),
                )
                .map(one => {
                  const rolloutId = one.activeRolloutId ?? one.lastRolloutId;
                  const link = rolloutId && links.rollout(rolloutId);
                  const release = <ReleaseLabel release={one.release} />;
                  return (
                    <TableRow key={`${one.componentRef} ${one.environmentRef}`}>
                      <TableCell component="th" scope="row">
                        <EntityRefLink entityRef={one.componentRef} hideIcon>
                          {one.componentTitle}
                        </EntityRefLink>
                      </TableCell>
                      <TableCell>{one.environmentName}</TableCell>
                      <TableCell>
                        {link ? <Link to={link}>{release}</Link> : release}
                      </TableCell>
                      <TableCell>
                        <HealthWord health={one.health} />
                      </TableCell>
                    </TableRow>
                  );
                })}
            </TableBody>
          </ScrollTable>
        )}
      </Loaded>
    </TextRoot>
  );
}
