import Box from '@mui/material/Box';
import type { Measurement } from '@slipway/backstage-plugin-delivery-common';
import {
  CartesianGrid,
  ReferenceLine,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useT } from '../../hooks/useT';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import { conditionLimits } from './conditionLimits';
import { measurementSeries, type MeasurementSample } from './measurementSeries';
import { timeTick } from './timeAxis';
import { useChartColors } from './useChartColors';

/** Shapes tell the verdicts apart for those who do not see the colours. */
const shapes = {
  successful: 'circle',
  failed: 'cross',
  inconclusive: 'diamond',
  error: 'triangle',
} as const;
const glyphs = {
  successful: '●',
  failed: '✚',
  inconclusive: '◆',
  error: '▲',
} as const;

const verdicts = ['successful', 'failed', 'inconclusive', 'error'] as const;

/** The measured values of one metric over time, against its limits. */
export function MeasurementChart(props: {
  name: string;
  measurements: readonly Measurement[];
  successCondition?: string;
  failureCondition?: string;
}) {
  const { name, measurements, successCondition, failureCondition } = props;
  const t = useT();
  const colors = useChartColors();
  const { samples, withoutNumber } = measurementSeries(measurements);
  const limits = [
    ...conditionLimits(successCondition),
    ...conditionLimits(failureCondition),
  ].filter(
    (limit, index, all) =>
      all.findIndex(other => other.value === limit.value) === index,
  );
  const first = samples.at(0);
  const last = samples.at(-1);
  const values = [...samples, ...limits].map(one => one.value);
  const low = Math.min(0, ...values);
  const high = Math.max(...values);
  const headroom = (high - low || 1) * 0.1;
  const used = verdicts.filter(verdict =>
    samples.some(sample => sample.verdict === verdict),
  );
  const emptyText =
    measurements.length === 0
      ? t('charts.measurementsEmpty')
      : t('charts.measurementsWithoutNumber', { count: withoutNumber });
  return (
    <ChartFrame
      title={t('charts.measurementsTitle', { name })}
      summary={t('charts.measurementsSummary', {
        name,
        values: samples
          .map(({ value, verdict }) => `${value} (${t(`verdict.${verdict}`)})`)
          .join(', '),
      })}
      emptyText={samples.length === 0 ? emptyText : undefined}
      footer={
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 2,
            fontSize: 12,
            color: 'text.secondary',
          }}
        >
          {used.map(verdict => (
            <span key={verdict}>
              <span aria-hidden style={{ color: colors.verdicts[verdict] }}>
                {glyphs[verdict]}
              </span>{' '}
              {t(`verdict.${verdict}`)}
            </span>
          ))}
          {limits.length > 0 && (
            <span>
              <span aria-hidden style={{ color: colors.limit }}>
                ┅
              </span>{' '}
              {t('charts.limit')}
            </span>
          )}
          {samples.length > 0 && withoutNumber > 0 && (
            <span>
              {t('charts.measurementsWithoutNumber', { count: withoutNumber })}
            </span>
          )}
        </Box>
      }
    >
      <ScatterChart
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke={colors.grid} vertical={false} />
        <XAxis
          dataKey="time"
          type="number"
          domain={['dataMin', 'dataMax']}
          padding={{ left: 12, right: 12 }}
          tickFormatter={timeTick(first && last ? last.time - first.time : 0)}
          tick={{ fill: colors.axis, fontSize: 12 }}
          stroke={colors.axis}
          minTickGap={40}
        />
        <YAxis
          dataKey="value"
          type="number"
          domain={[low, high + headroom]}
          tickFormatter={(value: number) =>
            String(Number(value.toPrecision(3)))
          }
          width={56}
          tick={{ fill: colors.axis, fontSize: 12 }}
          stroke={colors.axis}
        />
        {limits.map(limit => (
          <ReferenceLine
            key={limit.value}
            y={limit.value}
            stroke={colors.limit}
            strokeDasharray="6 4"
          />
        ))}
        <Tooltip
          content={({ active, payload }) => {
            const sample = payload?.[0]?.payload as
              MeasurementSample | undefined;
            return active && sample ? (
              <ChartTooltip
                at={sample.at}
                lines={[
                  `${sample.value}: ${t(`verdict.${sample.verdict}`)}`,
                  ...(sample.message ? [sample.message] : []),
                ]}
              />
            ) : null;
          }}
        />
        {used.map(verdict => (
          <Scatter
            key={verdict}
            data={samples.filter(sample => sample.verdict === verdict)}
            fill={colors.verdicts[verdict]}
            shape={shapes[verdict]}
            isAnimationActive={false}
          />
        ))}
      </ScatterChart>
    </ChartFrame>
  );
}
