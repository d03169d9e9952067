import { useState } from 'react';
import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type {
  AllowedActions,
  Deployment,
  Environment,
  Hold,
  Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  ReasonButton,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { useTargetActions } from '../../hooks/useTargetActions';
import { HoldView, PinDialog } from '../Holds';
import { ReleaseLabel } from '../ReleaseLabel';
import { HealthWord, PhaseWord } from '../Status';
import { TierChip } from '../TierChip';
import { HeldRollouts } from './HeldRollouts';
import { replicaSummary } from './replicaSummary';

function Running({ deployment }: { deployment: Deployment }) {
  const t = useT();
  const links = useDeliveryLinks();
  const { release, previousRelease, observation } = deployment;
  const replicas = replicaSummary(deployment);
  const activeLink =
    deployment.activeRolloutId && links.rollout(deployment.activeRolloutId);
  const address = observation?.address;
  return (
    <>
      <Box sx={{ fontSize: 22 }}>
        <ReleaseLabel release={release} />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
        <HealthWord health={deployment.health} />
        {replicas && (
          <span>
            {t('cards.replicas', {
              ready: String(replicas.ready),
              desired: String(replicas.desired),
            })}
          </span>
        )}
      </Box>
      {deployment.deployedAt && (
        <Typography variant="body2">
          {t('cards.deployed')} <RelativeTime at={deployment.deployedAt} />
          {deployment.deployedBy && (
            <>
              {' '}
              {t('cards.by')} <ActorLink actor={deployment.deployedBy} />
            </>
          )}
        </Typography>
      )}
      {previousRelease && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('cards.before', { version: previousRelease.version })}
        </Typography>
      )}
      {address && /^https?:\/\//.test(address) && (
        <MuiLink
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          sx={{ overflowWrap: 'anywhere' }}
        >
          {address}
        </MuiLink>
      )}
      {activeLink && deployment.activeRolloutPhase && (
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          <PhaseWord phase={deployment.activeRolloutPhase} />
          <Link to={activeLink}>{t('cards.openRollout')}</Link>
        </Box>
      )}
    </>
  );
}

function reasonOf(
  actions: AllowedActions | undefined,
  action: 'deploy' | 'rollback' | 'pin',
  fallback: string,
): string | undefined {
  const permission = actions?.[action];
  return permission && !permission.allowed
    ? (permission.reason ?? fallback)
    : undefined;
}

/** One environment of a component: what runs there, how well, and what to do about it. */
export function EnvironmentCard(props: {
  componentRef: string;
  componentTitle: string;
  environment: Environment;
  deployment?: Deployment;
  /** Rollouts to it that wait for their gates. */
  held: readonly Rollout[];
  /** Why nothing is promoted to it automatically; undefined while that is not known. */
  holds?: readonly Hold[];
  onRollOut: () => void;
  onRollBack: (deployment: Deployment) => void;
}) {
  const { componentRef, componentTitle, environment, deployment } = props;
  const { held, holds, onRollOut, onRollBack } = props;
  const t = useT();
  const [pins, setPins] = useState(false);
  const words = { component: componentTitle, environment: environment.title };
  const target = useTargetActions(
    deployment ? undefined : componentRef,
    environment.ref,
  );
  const actions = deployment?.allowedActions ?? target.data;
  const fallback = t('actions.notAllowed');
  const rollBackName = t('cards.rollBackIn', {
    environment: environment.title,
  });
  return (
    <Paper
      component="article"
      variant="outlined"
      aria-label={environment.title}
      sx={{
        p: 2,
        display: 'flex',
        flexDirection: 'column',
        gap: 0.75,
        minWidth: 0,
      }}
    >
      <Box
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          alignItems: 'center',
          gap: 1,
        }}
      >
        <Typography component="h3" sx={{ fontSize: 16, fontWeight: 600 }}>
          {environment.title}
        </Typography>
        <TierChip tier={environment.tier} />
      </Box>
      {deployment ? (
        <Running deployment={deployment} />
      ) : (
        <Typography sx={{ color: 'text.secondary' }}>
          {t('cards.nothing')}
        </Typography>
      )}
      <HeldRollouts rollouts={held} />
      {holds?.map(hold => (
        <HoldView key={hold.id} hold={hold} words={words} />
      ))}
      {environment.problem && (
        <Typography variant="body2">{environment.problem}</Typography>
      )}
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 'auto', pt: 1 }}
      >
        <ReasonButton
          size="small"
          variant="outlined"
          aria-label={t('cards.rollOutTo', { environment: environment.title })}
          reason={environment.problem ?? reasonOf(actions, 'deploy', fallback)}
          onClick={onRollOut}
        >
          {t('matrix.rollOut')}
        </ReasonButton>
        {deployment?.release && (
          <ReasonButton
            size="small"
            variant="outlined"
            color="error"
            aria-label={rollBackName}
            reason={reasonOf(actions, 'rollback', fallback)}
            onClick={() => onRollBack(deployment)}
          >
            {t('cards.rollBack')}
          </ReasonButton>
        )}
        {holds?.length === 0 && (
          <ReasonButton
            size="small"
            variant="outlined"
            aria-label={t('cards.pinIn', words)}
            reason={reasonOf(actions, 'pin', fallback)}
            onClick={() => setPins(true)}
          >
            {t('cards.pin')}
          </ReasonButton>
        )}
      </Box>
      {pins && (
        <PinDialog
          componentRef={componentRef}
          environmentRef={environment.ref}
          words={words}
          onClose={() => setPins(false)}
        />
      )}
    </Paper>
  );
}
