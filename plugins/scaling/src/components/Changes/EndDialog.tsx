import { useId, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type {
  EndChangeRequest,
  ScalingChange,
} from '@slipway/backstage-plugin-scaling-common';
import { ReasonDialog } from '@slipway/backstage-plugin-slipway-react';
import { scalingApiRef } from '../../api/scalingApi';
import { useT } from '../../hooks/useT';

/** Ends a change, after asking what becomes of the replicas, and why. */
export function EndDialog(props: {
  change: ScalingChange;
  onDone: () => void;
  onClose: () => void;
}) {
  const { change, onDone, onClose } = props;
  const t = useT();
  const api = useApi(scalingApiRef);
  const choiceId = useId();
  const [restore, setRestore] = useState(true);
  return (
    <ReasonDialog
      title={t('end.title', {
        component: change.componentTitle,
        environment: change.environmentName,
      })}
      submit={t('changes.end')}
      failed={t('end.failed')}
      color="error"
      body={(reason): EndChangeRequest => ({ reason, restore })}
      send={(body, options) => api.endChange(change.id, body, options)}
      onDone={onDone}
      onClose={onClose}
    >
      <FormControl>
        <FormLabel id={choiceId}>{t('end.what')}</FormLabel>
        <RadioGroup
          aria-labelledby={choiceId}
          value={restore ? 'restore' : 'leave'}
          onChange={event => setRestore(event.target.value === 'restore')}
        >
          <FormControlLabel
            value="restore"
            control={<Radio />}
            label={t('end.restore')}
          />
          <FormControlLabel
            value="leave"
            control={<Radio />}
            label={t('end.leave')}
          />
        </RadioGroup>
      </FormControl>
    </ReasonDialog>
  );
}
