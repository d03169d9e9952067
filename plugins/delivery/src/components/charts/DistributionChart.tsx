import Box from '@mui/material/Box';
import type { ComparisonResult } from '@slipway/backstage-plugin-delivery-common';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useT } from '../../hooks/useT';
import { roundedNumber, withUnit } from '../roundedNumber';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import {
  distributionSeries,
  type DistributionSample,
} from './distributionSeries';
import { roundTicks } from './roundTicks';
import { useChartColors } from './useChartColors';

/** How the points of the new release and of the one before are distributed, one over the other. */
export function DistributionChart(props: {
  name: string;
  /** Undefined while nothing was compared. */
  comparison?: ComparisonResult;
  /** Set: there is nothing to draw, and this says why. */
  emptyText?: string;
}) {
  const { name, comparison, emptyText } = props;
  const t = useT();
  const colors = useChartColors();
  const { histogram, canary, stable, unit } = comparison ?? {};
  const samples = histogram && !emptyText ? distributionSeries(histogram) : [];
  const ticks =
    samples.length > 0
      ? roundTicks(samples[0].from, samples[samples.length - 1].from)
      : [];
  const number = (value: number) => withUnit(value, unit);
  const half = (summary: ComparisonResult['canary']) =>
    summary
      ? t('charts.distributionHalf', {
          median: number(summary.median),
          from: number(summary.lowerQuartile),
          to: number(summary.upperQuartile),
        })
      : '';
  const releases = [
    {
      key: 'stable',
      color: colors.axis,
      dash: '5 3',
      glyph: '┅',
      median: stable?.median,
    },
    {
      key: 'canary',
      color: colors.line,
      dash: undefined,
      glyph: '━',
      median: canary?.median,
    },
  ] as const;
  return (
    <ChartFrame
      title={t('charts.distributionTitle', {
        name: unit ? `${name} (${unit})` : name,
      })}
      summary={t('charts.distributionSummary', {
        name,
        canary: half(canary),
        stable: half(stable),
      })}
      emptyText={emptyText}
      footer={
        samples.length > 0 && (
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 2,
              fontSize: 12,
              color: 'text.secondary',
            }}
          >
            {releases.map(({ key, color, glyph }) => (
              <span key={key}>
                <span aria-hidden style={{ color }}>
                  {glyph}
                </span>{' '}
                {t(`comparison.${key}`)}
              </span>
            ))}
            <span>{t('charts.distributionMedians')}</span>
          </Box>
        )
      }
    >
      <AreaChart
        data={samples}
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke={colors.grid} vertical={false} />
        <XAxis
          dataKey="from"
          type="number"
          domain={['dataMin', 'dataMax']}
          ticks={ticks}
          tickFormatter={roundedNumber}
          tick={{ fill: colors.axis, fontSize: 12 }}
          stroke={colors.axis}
          minTickGap={40}
        />
        <YAxis
          unit=" %"
          width={56}
          tickFormatter={roundedNumber}
          tick={{ fill: colors.axis, fontSize: 12 }}
          stroke={colors.axis}
        />
        <Tooltip
          content={({ active, payload }) => {
            const sample = payload?.[0]?.payload as
              DistributionSample | undefined;
            return active && sample ? (
              <ChartTooltip
                lines={[
                  t('charts.distributionBin', {
                    from: number(sample.from),
                    to: number(sample.to),
                  }),
                  ...releases.map(
                    ({ key }) =>
                      `${t(`comparison.${key}`)}: ${roundedNumber(sample[key])} %`,
                  ),
                ]}
              />
            ) : null;
          }}
        />
        {releases.map(({ key, color, dash }) => (
          <Area
            key={key}
            dataKey={key}
            type="stepAfter"
            stroke={color}
            strokeWidth={2}
            strokeDasharray={dash}
            fill={color}
            fillOpacity={0.2}
            isAnimationActive={false}
          />
        ))}
        {releases.map(
          ({ key, color, median }) =>
            median !== undefined && (
              <ReferenceLine
                key={`median of ${key}`}
                x={median}
                stroke={color}
                strokeDasharray="2 3"
              />
            ),
        )}
      </AreaChart>
    </ChartFrame>
  );
}
