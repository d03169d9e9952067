import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import { useUrlState } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { Bottlenecks } from './Bottlenecks';
import { ForecastPanel } from './ForecastPanel';
import { WhatIfDialog } from './WhatIfDialog';

/** Which target's policy is being tried. */
const urlDefaults = { whatIf: '' };

/** What is in the way of a workload, what is to be expected of it, and what another policy would have made of it. */
export function Planning({ target }: { target: ScalingTarget }) {
  const t = useT();
  const [{ whatIf }, setState] = useUrlState(urlDefaults);
  return (
    <>
      <Bottlenecks targetId={target.id} />
      <Box component="figure" sx={{ m: 0, mt: 2, minWidth: 0 }}>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            alignItems: 'center',
            justifyContent: 'space-between',
            mb: 1,
          }}
        >
          <Typography component="figcaption" sx={{ fontWeight: 600 }}>
            {t('forecast.title')}
          </Typography>
          <Button
            size="small"
            variant="outlined"
            onClick={() => setState({ whatIf: target.id }, { push: true })}
          >
            {t('whatIf.open')}
          </Button>
        </Box>
        <ForecastPanel targetId={target.id} />
      </Box>
      {whatIf === target.id && (
        <WhatIfDialog
          target={target}
          onClose={() => setState({ whatIf: '' })}
        />
      )}
    </>
  );
}
