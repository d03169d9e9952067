import { useId, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import type {
  ResourceSizing,
  RightSizeRequest,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import {
  ButtonLink,
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { scalingApiRef } from '../../api/scalingApi';
import { useT } from '../../hooks/useT';
import { quantity } from './quantities';

/** Has what runs rolled out with the recommended requests, once somebody has said why. */
export function ReleaseDialog(props: {
  target: ScalingTarget;
  /** Those that differ from what there is. */
  sizings: ResourceSizing[];
  days: number;
  onClose: () => void;
}) {
  const { target, sizings, days, onClose } = props;
  const t = useT();
  const api = useApi(scalingApiRef);
  const titleId = useId();
  const [reason, setReason] = useState('');
  const [rolloutId, setRolloutId] = useState<string>();
  const submission = useSubmission((body: RightSizeRequest, idempotencyKey) =>
    api.rightSize(target.id, body, { idempotencyKey }),
  );
  const recommended = (resource: ResourceSizing['resource']) =>
    sizings.find(sizing => sizing.resource === resource)?.recommended;
  const begin = async () => {
    const cpuCores = recommended('cpu');
    const memoryBytes = recommended('memory');
    const begun = await submission.submit({
      days,
      reason: reason.trim(),
      ...(cpuCores !== undefined && { cpuCores }),
      ...(memoryBytes !== undefined && { memoryBytes }),
    });
    if (begun) setRolloutId(begun.rolloutId);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('rightSizing.release.title', {
          component: target.componentTitle,
          environment: target.environmentName,
        })}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(submission.error) && (
          <ErrorBanner
            title={t('rightSizing.release.failed')}
            error={submission.error}
          />
        )}
        {rolloutId ? (
          <Alert severity="success">{t('rightSizing.release.begun')}</Alert>
        ) : (
          <>
            <Alert severity="info">
              {sizings.map(({ recommended: to, request, resource }) => (
                <div key={resource}>
                  {t(`rightSizing.release.${resource}`, {
                    from:
                      request === undefined
                        ? t('rightSizing.unset')
                        : quantity(t, resource, request),
                    to: quantity(t, resource, to),
                  })}
                </div>
              ))}
              <div>{t('rightSizing.release.will')}</div>
            </Alert>
            <TextField
              required
              multiline
              label={t('scale.reason')}
              value={reason}
              onChange={event => setReason(event.target.value)}
              inputProps={{ maxLength: 2000 }}
            />
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>
          {t(rolloutId ? 'whatIf.close' : 'scale.cancel')}
        </Button>
        {rolloutId ? (
          <ButtonLink
            variant="contained"
            to={`/delivery/rollouts/${encodeURIComponent(rolloutId)}`}
          >
            {t('rightSizing.release.see')}
          </ButtonLink>
        ) : (
          <Button
            variant="contained"
            disabled={submission.submitting || !reason.trim()}
            onClick={begin}
          >
            {t('rightSizing.release.submit')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
