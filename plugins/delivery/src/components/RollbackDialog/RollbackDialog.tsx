import { useId, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormLabel from '@mui/material/FormLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNavigate } from 'react-router-dom';
import type {
  Deployment,
  Rollout,
  StartRollbacksRequest,
} from '@slipway/backstage-plugin-delivery-common';
import {
  ErrorBanner,
  ReasonButton,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useReleases } from '../../hooks/useReleases';
import { useT } from '../../hooks/useT';
import { ClusterChanges, ReleasePreview } from '../ReleaseChange';

/** Brings an environment back to an earlier release, and others where the same release runs, after asking once. */
export function RollbackDialog(props: {
  deployment: Deployment;
  /** Of the same component, in all environments. */
  deployments: readonly Deployment[];
  onClose: () => void;
}) {
  const { deployment, deployments, onClose } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const navigate = useNavigate();
  const links = useDeliveryLinks();
  const titleId = useId();
  const releases = useReleases(deployment.componentRef);
  const { previousRelease } = deployment;
  const [reason, setReason] = useState('');
  const [rejects, setRejects] = useState(true);
  const [also, setAlso] = useState<readonly string[]>([]);
  const submission = useSubmission(
    async (
      { componentRef, targets, ...more }: StartRollbacksRequest,
      key: string,
    ): Promise<Rollout> => {
      const options = { idempotencyKey: key };
      const [only, ...others] = targets;
      if (!others.length)
        return api.startRollback({ componentRef, ...only, ...more }, options);
      const [first] = await api.startRollbacks(
        { componentRef, targets, ...more },
        options,
      );
      return first;
    },
  );

  const rejected = new Set(
    releases.data?.items.filter(one => one.rejection).map(one => one.id),
  );
  const known = (releases.data?.items ?? []).filter(
    one => one.id !== deployment.release?.id && !rejected.has(one.id),
  );
  // The release before may be older than the page of releases that was read.
  const choices =
    previousRelease &&
    !rejected.has(previousRelease.id) &&
    !known.some(one => one.id === previousRelease.id)
      ? [previousRelease, ...known]
      : known;
  const permission = deployment.allowedActions.rollback;
  // Without another choice a rollout under way is aborted, which brings back what it began with.
  const isUnderWay =
    Boolean(deployment.activeRolloutId) &&
    deployment.activeRolloutPhase !== 'held';
  const present = isUnderWay ? '' : (previousRelease?.id ?? '');
  const [picked, setChosen] = useState<string>();
  const chosen = picked ?? present;
  const abortsActive = isUnderWay && chosen === '';
  const target = choices.find(one => one.id === chosen);

  const others = abortsActive
    ? []
    : deployments.filter(
        one =>
          one.environmentRef !== deployment.environmentRef &&
          one.release?.id === deployment.release?.id &&
          one.allowedActions.rollback?.allowed,
      );

  const rollBack = async () => {
    const rollout = await submission.submit({
      componentRef: deployment.componentRef,
      targets: [
        deployment.environmentRef,
        ...others
          .map(({ environmentRef }) => environmentRef)
          .filter(ref => also.includes(ref)),
      ].map(environmentRef => ({
        environmentRef,
        ...(!abortsActive && { toReleaseId: chosen }),
      })),
      rejectRelease: rejects,
      ...(reason.trim() && { reason: reason.trim() }),
    });
    if (!rollout) return;
    onClose();
    const link = links.rollout(rollout.id);
    if (link) navigate(link);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('rollBack.title', {
          component: deployment.componentTitle,
          environment: deployment.environmentName,
        })}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(releases.error) && (
          <ErrorBanner
            title={t('releases.failed')}
            error={releases.error}
            onRetry={releases.retry}
          />
        )}
        {Boolean(submission.error) && (
          <ErrorBanner title={t('rollBack.failed')} error={submission.error} />
        )}
        <Alert severity="warning">
          {abortsActive
            ? t('rollBack.abortsActive', {
                environment: deployment.environmentName,
                version: deployment.release?.version ?? t('release.none'),
              })
            : t('rollBack.will', {
                component: deployment.componentTitle,
                environment: deployment.environmentName,
                from: deployment.release?.version ?? t('release.none'),
                to: target?.version ?? t('rollBack.chosenRelease'),
              })}
        </Alert>
        {!abortsActive && choices.length === 0 && !releases.loading && (
          <Alert severity="info">{t('rollBack.noOther')}</Alert>
        )}
        {(isUnderWay || choices.length > 0) && (
          <TextField
            select
            label={t('rollBack.to')}
            value={target ? chosen : ''}
            onChange={event => setChosen(event.target.value)}
            SelectProps={{ displayEmpty: isUnderWay }}
            InputLabelProps={{ shrink: isUnderWay || undefined }}
          >
            {isUnderWay && (
              <MenuItem value="">
                {t('rollBack.present', {
                  version: deployment.release?.version ?? t('release.none'),
                })}
              </MenuItem>
            )}
            {choices.map(one => (
              <MenuItem key={one.id} value={one.id}>
                {one.id === previousRelease?.id
                  ? t('rollBack.previous', { version: one.version })
                  : one.version}
              </MenuItem>
            ))}
          </TextField>
        )}
        {others.length > 0 && (
          <FormControl component="fieldset" variant="standard">
            <FormLabel component="legend">
              {t('rollBack.also', {
                version: deployment.release?.version ?? t('release.none'),
              })}
            </FormLabel>
            <FormGroup>
              {others.map(({ environmentName, environmentRef: ref }) => (
                <FormControlLabel
                  key={ref}
                  control={
                    <Checkbox
                      checked={also.includes(ref)}
                      onChange={event =>
                        setAlso(
                          event.target.checked
                            ? [...also, ref]
                            : also.filter(one => one !== ref),
                        )
                      }
                    />
                  }
                  label={environmentName}
                />
              ))}
            </FormGroup>
          </FormControl>
        )}
        <TextField
          label={t('form.reason')}
          helperText={t('form.reasonHelp')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
          multiline
        />
        <FormControlLabel
          control={
            <Checkbox
              checked={rejects}
              onChange={event => setRejects(event.target.checked)}
            />
          }
          label={
            isUnderWay
              ? t('rollBack.rejectsActive')
              : t('rollBack.rejects', {
                  version: deployment.release?.version ?? t('release.none'),
                })
          }
        />
        {target && !abortsActive && (
          <section aria-label={t('inside.preview')}>
            <Typography component="h3" variant="subtitle2">
              {t('inside.preview')}
            </Typography>
            <ReleasePreview
              wanted={{
                releaseId: target.id,
                environmentRef: deployment.environmentRef,
              }}
            />
            <ClusterChanges
              wanted={{
                releaseId: target.id,
                environmentRef: deployment.environmentRef,
                strategy: 'blueGreen',
              }}
            />
          </section>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <ReasonButton
          variant="contained"
          color="error"
          reason={
            permission && !permission.allowed
              ? (permission.reason ?? t('actions.notAllowed'))
              : undefined
          }
          disabled={!(target || abortsActive) || submission.submitting}
          onClick={rollBack}
        >
          {t('rollBack.submit')}
        </ReasonButton>
      </DialogActions>
    </Dialog>
  );
}
