import { useState, type ComponentProps } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { DateTime } from 'luxon';
import type { CreateDelegationRequest } from '@slipway/backstage-plugin-delivery-common';
import {
  ErrorBanner,
  useSubmission,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useMe } from '../../hooks/useMe';
import { useT } from '../../hooks/useT';
import { PersonField } from './PersonField';

/** Lets somebody vote for the person until the end of a day. */
export function DelegationForm(props: {
  onDone: () => void;
  onCancel: () => void;
}) {
  const { onDone, onCancel } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const me = useMe();
  const [person, setPerson] =
    useState<ComponentProps<typeof PersonField>['value']>(null);
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const submission = useSubmission(
    (body: CreateDelegationRequest, key: string) =>
      api.createDelegation(body, { idempotencyKey: key }),
  );
  const until = DateTime.fromISO(day).endOf('day');
  const isPast = until.isValid && until < DateTime.now();
  const create = async () => {
    if (!person) return;
    const created = await submission.submit({
      to: person.ref,
      until: until.toUTC().toISO() ?? '',
      ...(reason.trim() && { reason: reason.trim() }),
    });
    if (created) onDone();
  };
  return (
    <Box sx={{ mb: 2 }}>
      {Boolean(submission.error) && (
        <ErrorBanner
          title={t('delegations.submitFailed')}
          error={submission.error}
        />
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mt: 1 }}>
        <PersonField value={person} except={me} onChange={setPerson} />
        <TextField
          size="small"
          type="date"
          label={t('delegations.untilLabel')}
          value={day}
          onChange={event => setDay(event.target.value)}
          InputLabelProps={{ shrink: true }}
          error={isPast}
          helperText={t(
            isPast ? 'delegations.untilPast' : 'delegations.untilHelp',
          )}
        />
        <TextField
          size="small"
          label={t('form.reason')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 2000 }}
        />
      </Box>
      <Box sx={{ display: 'flex', gap: 1, mt: 1 }}>
        <Button
          size="small"
          variant="contained"
          disabled={
            !person || !until.isValid || isPast || submission.submitting
          }
          onClick={create}
        >
          {t('delegations.submit')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('form.cancel')}
        </Button>
      </Box>
    </Box>
  );
}
