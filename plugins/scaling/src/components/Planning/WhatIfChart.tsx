import type { WhatIf } from '@slipway/backstage-plugin-scaling-common';
import { Line } from 'recharts';
import { useT } from '../../hooks/useT';
import { useChartColours } from './chartColours';
import { ChartFrame } from './ChartFrame';
import { oneDecimal } from '../numbers';
import { type WhatIfChartPoint, whatIfPoints } from './whatIfPoints';

/** Replicas as they were and as they would have been, and how many the load asked for. */
export function WhatIfChart({ result }: { result: WhatIf }) {
  const t = useT();
  const colours = useChartColours();
  const tell = ({ recorded, simulated, demand }: WhatIfChartPoint) =>
    recorded === null || simulated === null
      ? []
      : [
          t('whatIf.wasReplicas', { value: oneDecimal(recorded) }),
          t('whatIf.wouldBeReplicas', { value: oneDecimal(simulated) }),
          demand === null
            ? t('whatIf.noDemand')
            : t('whatIf.demand', { value: oneDecimal(demand) }),
        ];
  return (
    <ChartFrame
      label={t('whatIf.summary', {
        recorded: oneDecimal(result.recorded.peakReplicas),
        simulated: oneDecimal(result.simulated.peakReplicas),
      })}
      points={whatIfPoints(result)}
      tell={tell}
    >
      <Line
        dataKey="demand"
        stroke={colours.demand}
        strokeDasharray="2 2"
        dot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="recorded"
        type="stepAfter"
        stroke={colours.recorded}
        strokeWidth={2}
        dot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="simulated"
        type="stepAfter"
        stroke={colours.other}
        strokeWidth={2}
        strokeDasharray="6 3"
        dot={false}
        isAnimationActive={false}
      />
    </ChartFrame>
  );
}
