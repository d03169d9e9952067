import Box from '@mui/material/Box';
import type { GateMeasurement } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { VerdictWord } from '../Status';
import { statusLine } from '../statusLine';
import { Labelled } from './Labelled';

/** What an analysis gate measured, stage by stage. */
export function GateMeasurements({
  metrics,
}: {
  metrics: readonly GateMeasurement[];
}) {
  const t = useT();
  return (
    <Labelled label={t('gates.measured')}>
      <Box
        component="ul"
        aria-label={t('gates.measured')}
        sx={{ m: 0, p: 0, listStyle: 'none' }}
      >
        {metrics.map(({ name, stage, environmentName, measurement }) => (
          <Box component="li" key={`${stage} ${name}`} sx={statusLine}>
            <VerdictWord verdict={measurement.verdict} isOver />
            <span>
              <strong>
                {t('gates.measuredIn', {
                  metric: name,
                  environment: environmentName,
                })}
              </strong>
              : {measurement.message ?? measurement.value}
            </span>
          </Box>
        ))}
      </Box>
    </Labelled>
  );
}
