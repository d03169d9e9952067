import type { ScalingSample } from '@slipway/backstage-plugin-scaling-common';
import { mean } from 'simple-statistics';

export const hourMs = 3_600_000;

/** What was asked for in one hour, in replicas that would have been just at their target. */
export interface HourOfDemand {
  /** Where the hour begins, in epoch milliseconds. */
  at: number;
  demand: number;
}

/** The means by the hour, oldest first. Hours in which nobody knew the load are left out. */
export function hourly(samples: readonly ScalingSample[]): HourOfDemand[] {
  const hours = new Map<number, number[]>();
  for (const { at, load, replicas } of samples) {
    if (load === undefined) continue;
    const instant = Date.parse(at);
    const hour = instant - (instant % hourMs);
    const demands = hours.get(hour) ?? [];
    demands.push(load * replicas);
    hours.set(hour, demands);
  }
  return [...hours]
    .map(([at, demands]) => ({ at, demand: mean(demands) }))
    .sort((a, b) => a.at - b.at);
}
