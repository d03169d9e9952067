import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import DriftIcon from '@mui/icons-material/CallSplit';
import type { RolloutPhase } from '@slipway/backstage-plugin-delivery-common';
import {
  ReasonButton,
  RelativeTime,
} from '@slipway/backstage-plugin-slipway-react';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { HealthWord, PhaseWord } from '../Status';
import { WeightBar } from '../WeightBar';
import type { MatrixCell } from './matrixModel';

function RolloutUnderWay(props: {
  link?: string;
  name: string;
  phase: RolloutPhase;
  weight?: number;
}) {
  const { link, name, phase, weight } = props;
  const t = useT();
  const word = t('matrix.rollout');
  return (
    <Box sx={{ mt: 0.5, maxWidth: 220 }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 0.75,
        }}
      >
        {link ? (
          <Link to={link} aria-label={name}>
            {word}
          </Link>
        ) : (
          word
        )}
        <PhaseWord phase={phase} />
      </Box>
      {weight !== undefined && phase !== 'held' && (
        <WeightBar weight={weight} />
      )}
    </Box>
  );
}

/** What runs of one component in one environment. */
export function MatrixCellView(props: {
  cell: MatrixCell;
  componentTitle: string;
  /** Of the rollout under way there, in percent; undefined where it is not known. */
  weight?: number;
  onRollOut: () => void;
}) {
  const { cell, componentTitle, weight, onRollOut } = props;
  const { deployment, drift, environment } = cell;
  const t = useT();
  const links = useDeliveryLinks();
  const rollOutName = t('matrix.rollOutTo', {
    component: componentTitle,
    environment: environment.name,
  });

  // One that is held has not begun, so that the place is not taken.
  const isHeld = deployment?.activeRolloutPhase === 'held';
  const underWay = deployment?.activeRolloutId &&
    deployment.activeRolloutPhase && (
      <RolloutUnderWay
        link={links.rollout(deployment.activeRolloutId)}
        name={t('matrix.rolloutUnderWay', {
          component: componentTitle,
          environment: environment.name,
        })}
        phase={deployment.activeRolloutPhase}
        weight={weight}
      />
    );

  if (!deployment?.release) {
    const deploy = deployment?.allowedActions.deploy;
    return (
      <Box sx={{ color: 'text.secondary' }}>
        <div>{t('matrix.nothing')}</div>
        {underWay}
        {(!underWay || isHeld) && (
          <ReasonButton
            size="small"
            sx={{ ml: -0.5 }}
            aria-label={rollOutName}
            onClick={onRollOut}
            reason={
              environment.problem ??
              (deploy && !deploy.allowed
                ? (deploy.reason ?? t('actions.notAllowed'))
                : undefined)
            }
          >
            {t('matrix.rollOut')}
          </ReasonButton>
        )}
      </Box>
    );
  }

  const shownRollout =
    (isHeld ? undefined : deployment.activeRolloutId) ??
    deployment.lastRolloutId;
  const link = shownRollout && links.rollout(shownRollout);
  const versionTitle = deployment.release.digest;
  return (
    <Box sx={{ minWidth: 130 }}>
      <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {link ? (
          <Link to={link} title={versionTitle}>
            {deployment.release.version}
          </Link>
        ) : (
          <span title={versionTitle}>{deployment.release.version}</span>
        )}
      </Box>
      <HealthWord health={deployment.health} />
      {deployment.deployedAt && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          <RelativeTime at={deployment.deployedAt} />
        </Typography>
      )}
      {underWay}
      {drift && (
        <Box
          sx={{
            display: 'flex',
            gap: 0.5,
            alignItems: 'center',
            fontSize: 13,
            mt: 0.5,
          }}
        >
          <DriftIcon fontSize="inherit" color="warning" aria-hidden />
          {t('matrix.drift', {
            environment: drift.environment,
            version: drift.version,
          })}
        </Box>
      )}
    </Box>
  );
}
