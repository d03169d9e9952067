import Box from '@mui/material/Box';
import {
  EmptyState,
  ErrorBanner,
  Loaded,
  SkeletonRows,
} from '@slipway/backstage-plugin-slipway-react';
import type { Deployment } from '@slipway/backstage-plugin-delivery-common';
import { useDeployments } from '../../hooks/useDeployments';
import { useEnvironments } from '../../hooks/useEnvironments';
import { useHolds } from '../../hooks/useHolds';
import { useRollouts } from '../../hooks/useRollouts';
import { useT } from '../../hooks/useT';
import { EnvironmentCard } from './EnvironmentCard';

/** All environments of a component, on the way to production. */
export function EnvironmentCards(props: {
  componentRef: string;
  componentTitle: string;
  onRollOut: (environmentRef: string) => void;
  onRollBack: (deployment: Deployment) => void;
}) {
  const { componentRef, componentTitle, onRollOut, onRollBack } = props;
  const t = useT();
  const environments = useEnvironments();
  const deployments = useDeployments({ componentRef });
  const holds = useHolds({ componentRef });
  const waiting = useRollouts({
    componentRef,
    active: true,
    waitingFor: 'gates',
  });
  const held = (waiting.data?.items ?? []).filter(
    ({ phase }) => phase === 'held',
  );
  const skeleton = <SkeletonRows rows={1} height={180} />;
  // What stands above the buttons is waited for: they would move from under the pointer.
  const isComing = [holds, waiting].some(
    ({ data, error }) => data === undefined && !error,
  );
  return (
    <>
      {Boolean(holds.error) && (
        <ErrorBanner
          title={t('holds.failed')}
          error={holds.error}
          stale={holds.data !== undefined}
          onRetry={holds.retry}
        />
      )}
      <Loaded
        query={environments}
        errorTitle={t('matrix.environmentsFailed')}
        skeleton={skeleton}
        isEmpty={list => list.length === 0}
        empty={
          <EmptyState
            title={t('entity.noEnvironments')}
            description={t('entity.noEnvironmentsHelp')}
          />
        }
      >
        {environmentList => (
          <Loaded
            query={isComing ? { ...deployments, data: undefined } : deployments}
            errorTitle={t('matrix.failed')}
            skeleton={skeleton}
          >
            {({ items }) => (
              <Box
                sx={{
                  display: 'grid',
                  gap: 2,
                  mb: 3,
                  gridTemplateColumns:
                    'repeat(auto-fit, minmax(min(100%, 270px), 1fr))',
                }}
              >
                {environmentList.map(environment => (
                  <EnvironmentCard
                    key={environment.ref}
                    componentRef={componentRef}
                    componentTitle={componentTitle}
                    environment={environment}
                    deployment={items.find(
                      one => one.environmentRef === environment.ref,
                    )}
                    held={held.filter(
                      one => one.environmentRef === environment.ref,
                    )}
                    holds={holds.data?.filter(
                      one =>
                        one.active && one.environmentRef === environment.ref,
                    )}
                    onRollOut={() => onRollOut(environment.ref)}
                    onRollBack={onRollBack}
                  />
                ))}
              </Box>
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}
