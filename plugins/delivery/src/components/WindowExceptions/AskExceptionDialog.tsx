import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { DateTime } from 'luxon';
import { ReasonDialog } from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useT } from '../../hooks/useT';

const lengths = [1, 2, 4, 8, 24];

/** Asks that windows let one component through to one environment for some hours. */
export function AskExceptionDialog(props: {
  componentRef: string;
  environmentRef: string;
  /** Component and environment, as people call them. */
  words: { component: string; environment: string };
  onAsked: () => void;
  onClose: () => void;
}) {
  const { componentRef, environmentRef, words, onAsked, onClose } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const [opened] = useState(() => DateTime.now());
  const [begin, setBegin] = useState('');
  const [hours, setHours] = useState(2);
  const from = begin ? DateTime.fromISO(begin) : opened;
  const until = from.plus({ hours });
  return (
    <ReasonDialog
      title={t('exceptions.askTitle', words)}
      text={t('exceptions.askText', words)}
      submit={t('exceptions.ask')}
      failed={t('exceptions.askFailed')}
      body={reason => ({
        componentRef,
        environmentRef,
        from: from.toUTC().toISO() ?? '',
        until: until.toUTC().toISO() ?? '',
        reason,
      })}
      send={(body, options) => api.askWindowException(body, options)}
      onDone={onAsked}
      onClose={onClose}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        <TextField
          type="datetime-local"
          label={t('exceptions.from')}
          helperText={t('exceptions.fromHelp')}
          value={begin}
          onChange={event => setBegin(event.target.value)}
          InputLabelProps={{ shrink: true }}
        />
        <TextField
          select
          label={t('exceptions.hours')}
          value={hours}
          onChange={event => setHours(Number(event.target.value))}
          sx={{ minWidth: 150 }}
        >
          {lengths.map(count => (
            <MenuItem key={count} value={count}>
              {t('exceptions.hoursLong', { count })}
            </MenuItem>
          ))}
        </TextField>
      </Box>
    </ReasonDialog>
  );
}
