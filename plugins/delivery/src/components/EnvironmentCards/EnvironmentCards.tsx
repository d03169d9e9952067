import Box from '@mui/material/Box';
import { ErrorBanner } from '@slipway/backstage-plugin-slipway-react';
import type {
  Deployment,
  Environment,
} from '@slipway/backstage-plugin-delivery-common';
import { useHolds } from '../../hooks/useHolds';
import { useRollouts } from '../../hooks/useRollouts';
import { useT } from '../../hooks/useT';
import { EnvironmentCard } from './EnvironmentCard';

/** All environments of a component, on the way to production. */
export function EnvironmentCards(props: {
  componentRef: string;
  componentTitle: string;
  environments: readonly Environment[];
  deployments: readonly Deployment[];
  onRollOut: (environmentRef: string) => void;
  onRollBack: (deployment: Deployment) => void;
}) {
  const { componentRef, componentTitle, environments, deployments } = props;
  const t = useT();
  const holds = useHolds({ componentRef });
  const waiting = useRollouts({
    componentRef,
    active: true,
    waitingFor: 'gates',
  });
  const held = (waiting.data?.items ?? []).filter(
    ({ phase }) => phase === 'held',
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
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          mb: 3,
          gridTemplateColumns:
            'repeat(auto-fit, minmax(min(100%, 270px), 1fr))',
        }}
      >
        {environments.map(environment => (
          <EnvironmentCard
            key={environment.ref}
            componentRef={componentRef}
            componentTitle={componentTitle}
            environment={environment}
            deployment={deployments.find(
              one => one.environmentRef === environment.ref,
            )}
            held={held.filter(one => one.environmentRef === environment.ref)}
            holds={holds.data?.filter(
              one => one.active && one.environmentRef === environment.ref,
            )}
            onRollOut={() => props.onRollOut(environment.ref)}
            onRollBack={props.onRollBack}
          />
        ))}
      </Box>
    </>
  );
}
