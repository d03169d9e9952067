import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { DateTime } from 'luxon';
import {
  CartesianGrid,
  ComposedChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatInstant } from '@slipway/backstage-plugin-slipway-react';

const HEIGHT = 200;
const DAY_MS = 86_400_000;

/** Replicas over time: axes, grid and what the pointer is at. Lines and areas are the children. */
export function ChartFrame<Point extends { time: number }>(props: {
  label: string;
  points: Point[];
  /** What is said of the point that the pointer is at; nothing where there is nothing. */
  tell: (point: Point) => string[];
  children: ReactNode;
}) {
  const { children, label, points, tell } = props;
  const { palette } = useTheme();
  const axis = { fill: palette.text.secondary, fontSize: 12 };
  const isLong =
    points.length > 0 &&
    points[points.length - 1].time - points[0].time > DAY_MS;
  return (
    <Box role="img" aria-label={label} sx={{ height: HEIGHT }}>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={points}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
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
            allowDecimals={false}
            width={36}
            tick={axis}
            stroke={palette.text.secondary}
          />
          <Tooltip
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Point | undefined;
              const told = active && point ? tell(point) : [];
              if (!point || !told.length) return null;
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
                  {told.map(line => (
                    <div key={line}>{line}</div>
                  ))}
                  <div>{formatInstant(new Date(point.time).toISOString())}</div>
                </Box>
              );
            }}
          />
          {children}
        </ComposedChart>
      </ResponsiveContainer>
    </Box>
  );
}
