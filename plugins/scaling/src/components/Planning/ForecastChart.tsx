import type { Forecast } from '@slipway/backstage-plugin-scaling-common';
import { Area, Line, ReferenceLine } from 'recharts';
import { useT } from '../../hooks/useT';
import { useChartColours } from './chartColours';
import { ChartFrame } from './ChartFrame';
import { type ForecastChartPoint, forecastPoints } from './forecastPoints';
import { oneDecimal } from '../numbers';

/** What was asked for, what is expected with its interval, and the present limit. */
export function ForecastChart({ forecast }: { forecast: Forecast }) {
  const t = useT();
  const colours = useChartColours();
  const { maxReplicas, points } = forecast;
  const tell = ({ past, expected, interval }: ForecastChartPoint) => [
    ...(past === null ? [] : [t('forecast.past', { value: oneDecimal(past) })]),
    ...(expected === null || interval === null
      ? []
      : [
          t('forecast.expected', {
            value: oneDecimal(expected),
            low: oneDecimal(interval[0]),
            high: oneDecimal(interval[1]),
          }),
        ]),
  ];
  return (
    <ChartFrame
      label={t('forecast.summary', {
        most: oneDecimal(Math.max(...points.map(({ demand }) => demand))),
        high: oneDecimal(Math.max(...points.map(({ high }) => high))),
      })}
      points={forecastPoints(forecast)}
      tell={tell}
    >
      <Area
        dataKey="interval"
        stroke="none"
        fill={colours.other}
        fillOpacity={0.25}
        isAnimationActive={false}
      />
      <Line
        dataKey="past"
        stroke={colours.recorded}
        strokeWidth={1.5}
        dot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="expected"
        stroke={colours.other}
        strokeDasharray="4 3"
        dot={false}
        isAnimationActive={false}
      />
      {maxReplicas !== undefined && (
        <ReferenceLine
          y={maxReplicas}
          stroke={colours.limit}
          strokeDasharray="8 4"
          ifOverflow="extendDomain"
        />
      )}
    </ChartFrame>
  );
}
