import type { ObservedTarget } from '@slipway/backstage-plugin-scaling-node';

/** `percent` of what a replica requests, or a `number`: of cores, of bytes, or a count. */
export type DemandUnit = 'percent' | 'number';

/** What all replicas together had to do: it stays the same when there are more of them. */
export interface Demand {
  metric: string;
  unit: DemandUnit;
  total: number;
}

/** What a column holds. */
const longestName = 200;

/**
 * Of every metric whose value is known; of two that have one name, the first. Nothing where it is not known how many
 * replicas shared it.
 */
export function demandsOf({
  currentReplicas: replicas,
  metrics,
}: ObservedTarget): Demand[] {
  if (!replicas) return [];
  const found = new Map<string, Demand>();
  for (const { name, utilization, average } of metrics) {
    const metric = name.slice(0, longestName);
    const add = (unit: DemandUnit, mean: number | undefined) => {
      const key = `${unit} ${metric}`;
      if (mean !== undefined && !found.has(key))
        found.set(key, { metric, unit, total: mean * replicas });
    };
    add('percent', utilization);
    add('number', average);
  }
  return [...found.values()];
}
