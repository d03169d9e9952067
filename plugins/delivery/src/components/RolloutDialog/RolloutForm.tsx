import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useNavigate } from 'react-router-dom';
import type {
  DeliverySettings,
  Environment,
  Release,
  StartRolloutRequest,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ErrorBanner,
  ReasonButton,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useDeployments } from '../../hooks/useDeployments';
import { useT } from '../../hooks/useT';
import { useTargetActions } from '../../hooks/useTargetActions';
import { ClusterChanges } from '../ReleaseChange';
import { ReleaseField } from '../ReleaseField';
import { strategyKind } from '../RolloutFacts';
import {
  initialSteps,
  stepProblems,
  strategyOf,
  type StrategyChoice,
} from './strategyDraft';
import { StrategyFields } from './StrategyFields';

/** Reads a count of replicas: empty is "as it is now". */
function replicasOf(typed: string): number | undefined | 'invalid' {
  if (!typed.trim()) return undefined;
  const count = Number(typed);
  return Number.isInteger(count) && count >= 1 && count <= 1000
    ? count
    : 'invalid';
}

/** The fields of a rollout to start, and what they will do, in words. */
export function RolloutForm(props: {
  componentRef: string;
  componentTitle: string;
  settings: DeliverySettings;
  environments: readonly Environment[];
  releases: readonly Release[];
  initialEnvironment?: string;
  initialRelease?: string;
  onClose: () => void;
}) {
  const { componentRef, componentTitle, settings, environments, releases } =
    props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const navigate = useNavigate();
  const links = useDeliveryLinks();

  const [environmentRef, setEnvironmentRef] = useState(
    props.initialEnvironment ??
      environments.find(one => !one.problem)?.ref ??
      environments.at(0)?.ref ??
      '',
  );
  const [releaseId, setReleaseId] = useState(
    props.initialRelease ??
      (releases.find(one => !one.rejection) ?? releases[0]).id,
  );
  const [choice, setChoice] = useState<StrategyChoice>('default');
  const environment = environments.find(one => one.ref === environmentRef);
  const standard = environment && settings.defaultStrategies[environment.tier];
  const [steps, setSteps] = useState(() => initialSteps(standard));
  const [replicas, setReplicas] = useState('');
  const [reason, setReason] = useState('');

  const deployments = useDeployments({ componentRef }).data?.items;
  const running = deployments?.find(
    one => one.environmentRef === environmentRef,
  );
  const actions = useTargetActions(componentRef, environmentRef || undefined);
  const deploy = actions.data?.deploy;

  const submission = useSubmission((body: StartRolloutRequest, key: string) =>
    api.startRollout(body, { idempotencyKey: key }),
  );

  const replicaCount = replicasOf(replicas);
  const release = releases.find(one => one.id === releaseId);
  const isInvalid =
    replicaCount === 'invalid' ||
    (choice === 'canary' && stepProblems(steps).size > 0);

  const blockedBy = () => {
    if (!environment) return t('rollOut.noEnvironment');
    if (environment.problem) return environment.problem;
    if (release?.rejection) {
      return t('releases.rejectedReason', {
        version: release.version,
        reason: release.rejection.reason,
      });
    }
    if (deploy && !deploy.allowed)
      return deploy.reason ?? t('actions.notAllowed');
    return undefined;
  };

  const start = async () => {
    if (replicaCount === 'invalid') return;
    const strategy = strategyOf(choice, steps);
    const rollout = await submission.submit({
      componentRef,
      environmentRef,
      releaseId,
      ...(strategy && { strategy }),
      ...(replicaCount && { replicas: replicaCount }),
      ...(reason.trim() && { reason: reason.trim() }),
    });
    if (!rollout) return;
    props.onClose();
    const link = links.rollout(rollout.id);
    if (link) navigate(link);
  };

  const kind =
    choice === 'default' && standard ? strategyKind(standard) : choice;
  return (
    <>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(submission.error) && (
          <ErrorBanner title={t('rollOut.failed')} error={submission.error} />
        )}
        <ReleaseField
          label={t('rollOut.release')}
          releases={releases}
          releaseId={releaseId}
          onRelease={setReleaseId}
          sx={{ mt: 1 }}
        />
        <TextField
          select
          label={t('rollOut.environment')}
          value={environmentRef}
          onChange={event => {
            setEnvironmentRef(event.target.value);
            const next = environments.find(
              one => one.ref === event.target.value,
            );
            setChoice('default');
            setSteps(
              initialSteps(next && settings.defaultStrategies[next.tier]),
            );
          }}
          error={Boolean(environment?.problem)}
          helperText={environment?.problem}
        >
          {environments.map(one => (
            <MenuItem key={one.ref} value={one.ref}>
              {one.title} ({t(`tier.${one.tier}`)})
            </MenuItem>
          ))}
        </TextField>
        {environment && (
          <StrategyFields
            settings={settings}
            environment={environment}
            choice={choice}
            steps={steps}
            onChoice={setChoice}
            onSteps={setSteps}
          />
        )}
        <TextField
          label={t('rollOut.replicas')}
          value={replicas}
          onChange={event => setReplicas(event.target.value)}
          inputProps={{ inputMode: 'numeric' }}
          placeholder={String(running?.replicas ?? 1)}
          InputLabelProps={{ shrink: true }}
          error={replicaCount === 'invalid'}
          helperText={
            replicaCount === 'invalid'
              ? t('rollOut.replicasInvalid')
              : t('rollOut.replicasHelp')
          }
        />
        <TextField
          label={t('form.reason')}
          helperText={t('form.reasonHelp')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
          multiline
        />
        {environment && release && kind !== 'default' && (
          <Alert
            severity={environment.tier === 'production' ? 'warning' : 'info'}
          >
            <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
              {running?.release
                ? t('rollOut.willReplace', {
                    component: componentTitle,
                    environment: environment.title,
                    from: running.release.version,
                    to: release.version,
                  })
                : t('rollOut.willStart', {
                    component: componentTitle,
                    environment: environment.title,
                    to: release.version,
                  })}{' '}
              {t(`rollOut.how.${kind}`)}
            </Box>
          </Alert>
        )}
        {environment && !environment.problem && release && (
          <ClusterChanges
            wanted={{
              releaseId,
              environmentRef,
              ...(kind !== 'default' && { strategy: kind }),
            }}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('form.cancel')}</Button>
        <ReasonButton
          variant="contained"
          reason={blockedBy()}
          disabled={isInvalid || submission.submitting}
          onClick={start}
        >
          {t('rollOut.submit')}
        </ReasonButton>
      </DialogActions>
    </>
  );
}
