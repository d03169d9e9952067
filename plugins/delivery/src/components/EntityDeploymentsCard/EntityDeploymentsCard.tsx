import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import {
  ButtonLink,
  EmptyState,
  Loaded,
  Panel,
  RelativeTime,
  ScrollTable,
  SkeletonRows,
  TextRoot,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useDeployments } from '../../hooks/useDeployments';
import { useT } from '../../hooks/useT';
import { ReleaseLabel } from '../ReleaseLabel';
import { HealthWord, PhaseWord } from '../Status';

/** What runs where of one component, for its overview page. */
export function EntityDeploymentsCard() {
  const t = useT();
  const links = useDeliveryLinks();
  const { entity } = useEntity();
  const query = useDeployments({ componentRef: stringifyEntityRef(entity) });
  return (
    <TextRoot>
      <Panel title={t('entity.title')} flush last>
        <Loaded
          query={query}
          errorTitle={t('matrix.failed')}
          skeleton={<SkeletonRows rows={3} height={28} />}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <EmptyState
              title={t('entity.empty')}
              description={t('entity.emptyHelp')}
            >
              {/* Relative to the entity's page, wherever the portal has put it. */}
              <ButtonLink to="deployments" variant="contained">
                {t('entity.open')}
              </ButtonLink>
            </EmptyState>
          }
        >
          {({ items }) => (
            <ScrollTable label={t('entity.title')}>
              <TableHead>
                <TableRow>
                  <TableCell>{t('rollouts.environment')}</TableCell>
                  <TableCell>{t('rollouts.release')}</TableCell>
                  <TableCell>{t('versions.health')}</TableCell>
                  <TableCell>{t('cards.deployed')}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {items.map(one => {
                  const rolloutId = one.activeRolloutId ?? one.lastRolloutId;
                  const link = rolloutId && links.rollout(rolloutId);
                  const release = <ReleaseLabel release={one.release} />;
                  return (
                    <TableRow key={one.environmentRef}>
                      <TableCell component="th" scope="row">
                        {one.environmentName}
                      </TableCell>
                      <TableCell>
                        {link ? <Link to={link}>{release}</Link> : release}
                      </TableCell>
                      <TableCell>
                        {one.activeRolloutPhase ? (
                          <PhaseWord phase={one.activeRolloutPhase} />
                        ) : (
                          <HealthWord health={one.health} />
                        )}
                      </TableCell>
                      <TableCell>
                        {one.deployedAt ? (
                          <RelativeTime at={one.deployedAt} />
                        ) : (
                          t('entity.never')
                        )}
                      </TableCell>
                    </TableRow>
                  );
                })}
              </TableBody>
            </ScrollTable>
          )}
        </Loaded>
      </Panel>
    </TextRoot>
  );
}
