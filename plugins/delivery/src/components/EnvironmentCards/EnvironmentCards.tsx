import Box from '@mui/material/Box';
import type {
  Deployment,
  Environment,
} from '@slipway/backstage-plugin-delivery-common';
import { useRollouts } from '../../hooks/useRollouts';
import { EnvironmentCard } from './EnvironmentCard';

/** All environments of a component, on the way to production. */
export function EnvironmentCards(props: {
  componentRef: string;
  environments: readonly Environment[];
  deployments: readonly Deployment[];
  onRollOut: (environmentRef: string) => void;
  onRollBack: (deployment: Deployment) => void;
}) {
  const { componentRef, environments, deployments, onRollOut, onRollBack } =
    props;
  const waiting = useRollouts({
    componentRef,
    active: true,
    waitingFor: 'gates',
  });
  const held = (waiting.data?.items ?? []).filter(
    ({ phase }) => phase === 'held',
  );
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        mb: 3,
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 270px), 1fr))',
      }}
    >
      {environments.map(environment => (
        <EnvironmentCard
          key={environment.ref}
          componentRef={componentRef}
          environment={environment}
          deployment={deployments.find(
            one => one.environmentRef === environment.ref,
          )}
          held={held.filter(one => one.environmentRef === environment.ref)}
          onRollOut={() => onRollOut(environment.ref)}
          onRollBack={onRollBack}
        />
      ))}
    </Box>
  );
}
