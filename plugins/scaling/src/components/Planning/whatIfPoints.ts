import type { WhatIf } from '@slipway/backstage-plugin-scaling-common';

/** A point of the chart; null leaves a gap. */
export interface WhatIfChartPoint {
  /** Milliseconds since the epoch. */
  time: number;
  recorded: number | null;
  simulated: number | null;
  demand: number | null;
}

/** The series as points, with a gap wherever more than one step passed without one. */
export function whatIfPoints({
  series,
  stepSeconds,
}: Pick<WhatIf, 'series' | 'stepSeconds'>): WhatIfChartPoint[] {
  const stepMs = stepSeconds * 1000;
  const points: WhatIfChartPoint[] = [];
  for (const { at, demand, recordedReplicas, simulatedReplicas } of series) {
    const time = Date.parse(at);
    const before = points.at(-1);
    if (before && time - before.time > 2 * stepMs)
      points.push({
        time: before.time + stepMs,
        recorded: null,
        simulated: null,
        demand: null,
      });
    points.push({
      time,
      recorded: recordedReplicas,
      simulated: simulatedReplicas,
      demand: demand ?? null,
    });
  }
  return points;
}
