import type { ScalingHistory } from '@slipway/backstage-plugin-scaling-common';

/** A point of the chart; null leaves a gap. Load in percent. */
export interface ChartPoint {
  /** Milliseconds since the epoch. */
  time: number;
  replicas: number | null;
  load: number | null;
}

/** The samples as points, with a gap wherever more than one step passed without one. */
export function chartPoints({
  samples,
  stepSeconds,
}: ScalingHistory): ChartPoint[] {
  const stepMs = stepSeconds * 1000;
  const points: ChartPoint[] = [];
  for (const { at, load, replicas } of samples) {
    const time = Date.parse(at);
    const before = points.at(-1);
    if (before && time - before.time > 2 * stepMs)
      points.push({ time: before.time + stepMs, replicas: null, load: null });
    points.push({
      time,
      replicas,
      load: load === undefined ? null : load * 100,
    });
  }
  return points;
}
