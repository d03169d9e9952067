import { useMemo } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import {
  ButtonLink,
  EmptyState,
  ErrorBanner,
  Loaded,
  PageShell,
  Panel,
  SkeletonRows,
} from '@slipway/backstage-plugin-slipway-react';
import { ActiveRolloutList } from '../../components/ActiveRollouts';
import { DeliveryNav } from '../../components/DeliveryNav';
import { DeploymentMatrix } from '../../components/DeploymentMatrix';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useDeployments } from '../../hooks/useDeployments';
import { useEnvironments } from '../../hooks/useEnvironments';
import { useRollouts } from '../../hooks/useRollouts';
import { useT } from '../../hooks/useT';
import { catalogRouteRef, createComponentRouteRef } from '../../routes';

/** All that may be under way at once; the list shows the first few, the matrix the weights of all. */
const activeFilter = { active: true, limit: 200 };
const MOST_LISTED = 5;

function GoingOn({ query }: { query: ReturnType<typeof useRollouts> }) {
  const t = useT();
  const links = useDeliveryLinks();
  const { data, error, retry } = query;
  const banner = Boolean(error) && (
    <ErrorBanner
      title={t('active.failed')}
      error={error}
      stale={data !== undefined}
      onRetry={retry}
    />
  );
  if (!data?.items.length) return banner || null;
  return (
    <>
      {banner}
      <Panel
        title={t('active.title')}
        actions={
          links.rollouts && (
            <Link to={`${links.rollouts}?active=true`}>
              {t('active.all', { count: data.page.totalItems })}
            </Link>
          )
        }
      >
        <ActiveRolloutList
          label={t('active.title')}
          rollouts={data.items.slice(0, MOST_LISTED)}
        />
      </Panel>
    </>
  );
}

function NothingYet() {
  const t = useT();
  const create = useRouteRef(createComponentRouteRef);
  const catalog = useRouteRef(catalogRouteRef);
  return (
    <EmptyState title={t('matrix.empty')} description={t('matrix.emptyHelp')}>
      {create && (
        <ButtonLink to={create()} variant="contained">
          {t('matrix.create')}
        </ButtonLink>
      )}
      {catalog && (
        <ButtonLink to={catalog()} variant="outlined">
          {t('matrix.catalog')}
        </ButtonLink>
      )}
    </EmptyState>
  );
}

/** What runs where. */
export function MatrixPage() {
  const t = useT();
  const environments = useEnvironments();
  const deployments = useDeployments();
  const active = useRollouts(activeFilter);
  const weights = useMemo(
    () => new Map(active.data?.items.map(one => [one.id, one.weight])),
    [active.data],
  );
  return (
    <PageShell title={t('matrix.pageTitle')} actions={<DeliveryNav />}>
      <GoingOn query={active} />
      <Loaded
        query={environments}
        errorTitle={t('matrix.environmentsFailed')}
        skeleton={<SkeletonRows rows={6} height={64} />}
      >
        {environmentList => (
          <Loaded
            query={deployments}
            errorTitle={t('matrix.failed')}
            skeleton={<SkeletonRows rows={6} height={64} />}
            isEmpty={({ items }) => items.length === 0}
            empty={<NothingYet />}
          >
            {({ items, total }) => (
              <>
                {items.length < total && (
                  <Alert severity="info" sx={{ mb: 2 }}>
                    {t('matrix.cut', {
                      shown: String(items.length),
                      total: String(total),
                    })}
                  </Alert>
                )}
                <DeploymentMatrix
                  deployments={items}
                  environments={environmentList}
                  weights={weights}
                />
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </PageShell>
  );
}
