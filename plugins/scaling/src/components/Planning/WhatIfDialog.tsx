import { useId, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type {
  ScalingTarget,
  WhatIf,
} from '@slipway/backstage-plugin-scaling-common';
import { ErrorBanner } from '@slipway/backstage-plugin-slipway-react';
import useSWRMutation from 'swr/mutation';
import { scalingApiRef } from '../../api/scalingApi';
import { useT } from '../../hooks/useT';
import { policyDraft } from './policyDraft';
import { WhatIfResult } from './WhatIfResult';

const RANGES = [6, 24, 168, 720];
/** Of `WhatIfRequest`. */
const LONGEST_STARTUP = 3600;

/** Tries a policy on what was recorded of a target. Changes nothing. */
export function WhatIfDialog(props: {
  target: ScalingTarget;
  onClose: () => void;
}) {
  const { target, onClose } = props;
  const t = useT();
  const api = useApi(scalingApiRef);
  const titleId = useId();
  const [policy, setPolicy] = useState(() => policyDraft(target));
  const [hours, setHours] = useState(24);
  const [startup, setStartup] = useState('');
  const isStartup =
    startup === '' ||
    (/^\d{1,4}$/.test(startup) && Number(startup) <= LONGEST_STARTUP);
  const { data, error, isMutating, trigger } = useSWRMutation(
    ['scaling', 'what-if', target.id],
    () =>
      api.whatIf(target.id, {
        policy,
        hours,
        ...(startup !== '' && { startupSeconds: Number(startup) }),
      }),
    { throwOnError: false },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="lg"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('whatIf.title', {
          workload: target.workload,
          environment: target.environmentName,
        })}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" sx={{ color: 'text.secondary', mb: 2 }}>
          {t('whatIf.help')}
        </Typography>
        <Box
          sx={{
            display: 'grid',
            gap: 3,
            gridTemplateColumns: {
              xs: 'minmax(0, 1fr)',
              lg: 'minmax(0, 2fr) minmax(0, 3fr)',
            },
          }}
        >
          <Box
            component="form"
            id={`${titleId}-form`}
            onSubmit={event => {
              event.preventDefault();
              if (isStartup && !isMutating) trigger();
            }}
            sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}
          >
            <TextField
              label={t('whatIf.policy')}
              value={policy}
              onChange={event => setPolicy(event.target.value)}
              multiline
              minRows={12}
              maxRows={24}
              sx={{ mt: 1 }}
              inputProps={{
                spellCheck: false,
                maxLength: 100_000,
                style: { fontFamily: 'monospace', fontSize: 13 },
              }}
            />
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
              <TextField
                select
                size="small"
                label={t('history.range')}
                value={hours}
                onChange={event => setHours(Number(event.target.value))}
                sx={{ minWidth: 140 }}
              >
                {RANGES.map(range => (
                  <MenuItem key={range} value={range}>
                    {range > 24
                      ? t('history.days', { count: range / 24 })
                      : t('history.hours', { count: range })}
                  </MenuItem>
                ))}
              </TextField>
              <TextField
                size="small"
                label={t('whatIf.startup')}
                value={startup}
                onChange={event => setStartup(event.target.value.trim())}
                error={!isStartup}
                helperText={
                  isStartup ? t('whatIf.startupHelp') : t('whatIf.startupWrong')
                }
                inputProps={{ inputMode: 'numeric' }}
                InputLabelProps={{ shrink: true }}
                placeholder="30"
                sx={{ maxWidth: 360 }}
              />
            </Box>
          </Box>
          <Box sx={{ minWidth: 0 }} aria-live="polite" aria-busy={isMutating}>
            <Outcome data={data} error={error} isBusy={isMutating} />
          </Box>
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('whatIf.close')}</Button>
        <Button
          type="submit"
          form={`${titleId}-form`}
          variant="contained"
          disabled={isMutating || !isStartup}
        >
          {t(isMutating ? 'whatIf.trying' : 'whatIf.try')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Before it was tried, while it is, what was refused, and what came out. */
function Outcome(props: {
  data: WhatIf | undefined;
  error: unknown;
  isBusy: boolean;
}) {
  const { data, error, isBusy } = props;
  const t = useT();
  if (isBusy) return <Skeleton variant="rounded" height={320} />;
  if (error) return <ErrorBanner title={t('whatIf.failed')} error={error} />;
  return data ? (
    <WhatIfResult result={data} />
  ) : (
    <Typography variant="body2" sx={{ color: 'text.secondary' }}>
      {t('whatIf.empty')}
    </Typography>
  );
}
