import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import TextField from '@mui/material/TextField';
import type {
  ApplyPolicyRequest,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import { ReasonDialog } from '@slipway/backstage-plugin-slipway-react';
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
  const [policy, setPolicy] = useState(firstPolicy(target));
  return (
    <ReasonDialog
      title={t('policy.title', {
        component: target.componentTitle,
        environment: target.environmentName,
      })}
      submit={t('policy.submit')}
      failed={t('policy.failed')}
      maxWidth="md"
      body={(reason): ApplyPolicyRequest | undefined =>
        policy.trim() ? { policy, reason } : undefined
      }
      send={(body, options) => api.applyPolicy(target.id, body, options)}
      onDone={onDone}
      onClose={onClose}
    >
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
    </ReasonDialog>
  );
}
