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
  ApplyPolicyRequest,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import {
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { scalingApiRef } from '../../api/scalingApi';
import { useT } from '../../hooks/useT';
import { usualMetrics } from '../usualMetrics';

/** A policy to begin with: the limits that there are, or two to five. */
function firstPolicy(target: ScalingTarget) {
  const { maxReplicas, minReplicas, tier } = target;
  return `apiVersion: slipway.dev/v1alpha1
kind: ScalingPolicy
metadata:
  name: by-load
spec:
  replicas:
    ${tier}: { min: ${Math.max(1, minReplicas ?? 2)}, max: ${maxReplicas ?? 5} }
  metrics:
${usualMetrics(target).join('\n')}
`;
}

/** Asks for the document of a policy, and why. What does not hold is told by field and line. */
export function PolicyDialog(props: {
  target: ScalingTarget;
  onDone: () => void;
  onClose: () => void;
}) {
  const { target, onDone, onClose } = props;
  const t = useT();
  const api = useApi(scalingApiRef);
  const titleId = useId();
  const [policy, setPolicy] = useState(firstPolicy(target));
  const [reason, setReason] = useState('');
  const submission = useSubmission((body: ApplyPolicyRequest, idempotencyKey) =>
    api.applyPolicy(target.id, body, { idempotencyKey }),
  );
  const apply = async () => {
    if (await submission.submit({ policy, reason: reason.trim() })) onDone();
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
        {t('policy.title', {
          component: target.componentTitle,
          environment: target.environmentName,
        })}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {Boolean(submission.error) && (
          <ErrorBanner title={t('policy.failed')} error={submission.error} />
        )}
        <Alert severity="info">{t('policy.will', { tier: target.tier })}</Alert>
        <TextField
          required
          multiline
          minRows={12}
          label={t('policy.document')}
          value={policy}
          onChange={event => setPolicy(event.target.value)}
          inputProps={{
            maxLength: 100_000,
            spellCheck: false,
            style: { fontFamily: 'monospace' },
          }}
        />
        <TextField
          required
          multiline
          label={t('scale.reason')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('scale.cancel')}</Button>
        <Button
          variant="contained"
          disabled={submission.submitting || !policy.trim() || !reason.trim()}
          onClick={apply}
        >
          {t('policy.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
