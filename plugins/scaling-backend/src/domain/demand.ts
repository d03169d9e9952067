import type { ObservedTarget } from '@slipway/backstage-plugin-scaling-node';

/** `percent` of what a replica requests, or a `number`: of cores, of bytes, or a count. */
export type DemandUnit = 'percent' | 'number';

/** What all replicas together had to do: it stays the same when there are more of them. */
export interface Demand {
  metric: string;
  unit: DemandUnit;
  total: number;
}

/** Of every metric whose value is known. Nothing where it is not known how many replicas shared it. */
export function demandsOf({
  currentReplicas: replicas,
  metrics,
}: ObservedTarget): Demand[] {
  if (!replicas) return [];
  return metrics.flatMap(({ name, utilization, average }): Demand[] => [
    ...(utilization === undefined
      ? []
      : [
          {
            metric: name,
            unit: 'percent' as const,
            total: utilization * replicas,
          },
        ]),
    ...(average === undefined
      ? []
      : [{ metric: name, unit: 'number' as const, total: average * replicas }]),
  ]);
}
