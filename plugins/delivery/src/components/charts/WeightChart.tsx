import type { WeightPoint } from '@slipway/backstage-plugin-delivery-common';
import {
  Area,
  AreaChart,
  CartesianGrid,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useT } from '../../hooks/useT';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import { timeTick } from './timeAxis';
import { useChartColors } from './useChartColors';
import { weightSeries, type WeightSample } from './weightSeries';

/** The share of traffic of the new release over time. */
export function WeightChart(props: {
  history: readonly WeightPoint[];
  /** Until when the last weight held, or holds. */
  end: string;
}) {
  const { history, end } = props;
  const t = useT();
  const colors = useChartColors();
  const samples = weightSeries(history, end);
  const first = samples.at(0);
  const last = samples.at(-1);
  const range = first && last ? last.time - first.time : 0;
  return (
    <ChartFrame
      title={t('charts.weightTitle')}
      summary={t('charts.weightSummary', {
        weights: history.map(point => `${point.weight} %`).join(', '),
      })}
      emptyText={samples.length === 0 ? t('charts.weightEmpty') : undefined}
    >
      <AreaChart
        data={samples}
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke={colors.grid} vertical={false} />
        <XAxis
          dataKey="time"
          type="number"
          domain={['dataMin', 'dataMax']}
          tickFormatter={timeTick(range)}
          tick={{ fill: colors.axis, fontSize: 12 }}
          stroke={colors.axis}
          minTickGap={40}
        />
        <YAxis
          domain={[0, 100]}
          ticks={[0, 25, 50, 75, 100]}
          unit=" %"
          width={56}
          tick={{ fill: colors.axis, fontSize: 12 }}
          stroke={colors.axis}
        />
        <Tooltip
          content={({ active, payload }) => {
            const sample = payload?.[0]?.payload as WeightSample | undefined;
            return active && sample ? (
              <ChartTooltip
                at={sample.at}
                lines={[t('weight.text', { weight: String(sample.weight) })]}
              />
            ) : null;
          }}
        />
        <Area
          dataKey="weight"
          type="stepAfter"
          stroke={colors.line}
          strokeWidth={2}
          fill={colors.line}
          fillOpacity={0.2}
          isAnimationActive={false}
        />
      </AreaChart>
    </ChartFrame>
  );
}
