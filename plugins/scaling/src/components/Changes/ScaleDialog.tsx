import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import TextField from '@mui/material/TextField';
import type {
  ScaleRequest,
  ScalingOptions,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import { ReasonDialog } from '@slipway/backstage-plugin-slipway-react';
import { scalingApiRef } from '../../api/scalingApi';
import { useT } from '../../hooks/useT';
import { changeWords, effectWords } from './changeWords';

/** Asks how many replicas there are to be, until when and why, and says what that will do. */
export function ScaleDialog(props: {
  target: ScalingTarget;
  options: ScalingOptions;
  onDone: () => void;
  onClose: () => void;
}) {
  const { target, options, onDone, onClose } = props;
  const { activeChange, bounds, longestDays, untilRequired } = options;
  const t = useT();
  const api = useApi(scalingApiRef);
  const [replicas, setReplicas] = useState(
    String(target.desiredReplicas ?? bounds.min),
  );
  const [until, setUntil] = useState('');
  const typed = /^\d+$/.test(replicas) ? Number(replicas) : Number.NaN;
  const count = typed >= bounds.min && typed <= bounds.max ? typed : undefined;
  const between = t('scale.bounds', {
    min: String(bounds.min),
    max: String(bounds.max),
  });
  const body = (reason: string): ScaleRequest | undefined =>
    count === undefined || (untilRequired && !until)
      ? undefined
      : {
          replicas: count,
          reason,
          // What the browser's field holds is local time.
          ...(until && { until: new Date(until).toISOString() }),
        };
  return (
    <ReasonDialog
      title={t('scale.title', {
        component: target.componentTitle,
        environment: target.environmentName,
      })}
      submit={t('scale.submit')}
      failed={t('scale.failed')}
      body={body}
      send={(asked, sending) =>
        api.scaleTarget(target.id, asked, {
          ...sending,
          // What stands may have changed since it was shown.
          ...(activeChange && { ifMatch: `"${activeChange.version}"` }),
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <Alert severity="info">
        {count === undefined ? between : effectWords(t, target, count)}
      </Alert>
      {activeChange && (
        <Alert severity="warning">
          {t('scale.supersedes', { what: changeWords(t, activeChange) })}
        </Alert>
      )}
      <TextField
        required
        type="number"
        label={t('scale.replicas')}
        helperText={between}
        error={count === undefined}
        value={replicas}
        onChange={event => setReplicas(event.target.value)}
        inputProps={{ min: bounds.min, max: bounds.max, step: 1 }}
      />
      <TextField
        required={untilRequired}
        type="datetime-local"
        label={t('scale.until')}
        helperText={t(
          untilRequired ? 'scale.untilRequired' : 'scale.untilHelp',
          { days: String(longestDays) },
        )}
        value={until}
        onChange={event => setUntil(event.target.value)}
        InputLabelProps={{ shrink: true }}
      />
    </ReasonDialog>
  );
}
