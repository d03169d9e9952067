import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import type { ScalingHistory } from '@slipway/backstage-plugin-scaling-common';
import { DateTime } from 'luxon';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatInstant } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { chartPoints, type ChartPoint } from './chartPoints';

const HEIGHT = 200;

/** Replicas as steps, load in percent of the target as a line; where nothing was seen both have a gap. */
export function HistoryChart({ history }: { history: ScalingHistory }) {
  const t = useT();
  const { palette } = useTheme();
  const isDark = palette.mode === 'dark';
  const points = chartPoints(history);
  const first = history.samples[0];
  const last = history.samples[history.samples.length - 1];
  const isLong = history.stepSeconds > 60;
  const axis = { fill: palette.text.secondary, fontSize: 12 };
  return (
    <Box
      role="img"
      aria-label={t('history.summary', {
        first: String(Math.round(first.replicas)),
        last: String(Math.round(last.replicas)),
        most: String(
          Math.max(...history.samples.map(sample => sample.maxReplicas)),
        ),
      })}
      sx={{ height: HEIGHT }}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={points}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke={palette.divider} vertical={false} />
          <XAxis
            dataKey="time"
            type="number"
            domain={['dataMin', 'dataMax']}
            tickFormatter={time =>
              DateTime.fromMillis(time, { zone: 'utc' }).toFormat(
                isLong ? 'MM-dd HH:mm' : 'HH:mm',
              )
            }
            tick={axis}
            stroke={palette.text.secondary}
            minTickGap={40}
          />
          <YAxis
            yAxisId="replicas"
            allowDecimals={false}
            width={36}
            tick={axis}
            stroke={palette.text.secondary}
          />
          <YAxis
            yAxisId="load"
            orientation="right"
            unit=" %"
            width={64}
            tick={axis}
            stroke={palette.text.secondary}
          />
          <Tooltip
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as ChartPoint | undefined;
              if (!active || !point || point.replicas === null) return null;
              return (
                <Box
                  sx={{
                    bgcolor: 'background.paper',
                    color: 'text.primary',
                    border: 1,
                    borderColor: 'divider',
                    borderRadius: 1,
                    p: 1,
                    fontSize: 12,
                  }}
                >
                  <div>
                    {t('history.replicas', {
                      value: String(Math.round(point.replicas * 10) / 10),
                    })}
                  </div>
                  {point.load !== null && (
                    <div>
                      {t('history.load', {
                        value: String(Math.round(point.load)),
                      })}
                    </div>
                  )}
                  <div>{formatInstant(new Date(point.time).toISOString())}</div>
                </Box>
              );
            }}
          />
          <Line
            yAxisId="replicas"
            dataKey="replicas"
            type="stepAfter"
            stroke={isDark ? palette.info.light : palette.info.dark}
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            yAxisId="load"
            dataKey="load"
            type="linear"
            stroke={isDark ? palette.warning.light : palette.warning.dark}
            strokeDasharray="4 3"
            dot={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </Box>
  );
}
