import { parseEntityRef } from '@backstage/catalog-model';
import type { Deployment } from '@slipway/backstage-plugin-delivery-common';
import type {
  ScalingCondition,
  ScalingMetric,
} from '@slipway/backstage-plugin-scaling-common';
import type { ObservedTarget } from '@slipway/backstage-plugin-scaling-node';
import type { Load } from './LoadMeter';

const mebibyte = 1024 * 1024;

/**
 * What runs of a component, with as many copies as delivery last saw. Nothing where no release runs. `loads` are by
 * component and environment, or why they are not known.
 */
export function targetOf(
  { componentRef, environmentRef, observation, release, replicas }: Deployment,
  loads: ReadonlyMap<string, Load> | Error,
): ObservedTarget | undefined {
  if (!release) return undefined;
  const sum = (count: 'replicas' | 'readyReplicas') =>
    (observation?.versions ?? []).reduce(
      (total, version) => total + version[count],
      0,
    );
  const load =
    loads instanceof Error
      ? undefined
      : loads.get(`${componentRef}@${environmentRef}`);
  const conditions: ScalingCondition[] = [];
  // It has something to say of copies that are all there as well.
  if (observation?.message && !observation.converged)
    conditions.push({
      type: 'Delivery',
      reason: 'NotConverged',
      severity: 'warning',
      message: observation.message,
    });
  if (loads instanceof Error)
    conditions.push({
      type: 'Load',
      reason: 'NotMeasured',
      severity: 'warning',
      message: `How busy it is cannot be known: ${loads.message}`,
    });
  return {
    componentRef,
    workload: `Processes/${parseEntityRef(componentRef).name}`,
    driver: { kind: 'fixed' },
    delivered: true,
    ...(observation && {
      currentReplicas: sum('replicas'),
      readyReplicas: sum('readyReplicas'),
    }),
    ...(replicas !== undefined && { desiredReplicas: replicas }),
    metrics: load ? metricsOf(load, observation && sum('replicas')) : [],
    conditions,
    recommendations: [],
    events: [],
  };
}

/** The means of the copies. A share of requests is not known, as nothing is kept aside for a copy. */
function metricsOf(
  { cpuCores, requestsPerSecond, residentBytes }: Load,
  copies: number | undefined,
): ScalingMetric[] {
  const metrics: ScalingMetric[] = [];
  if (requestsPerSecond !== undefined && copies) {
    const average = requestsPerSecond / copies;
    metrics.push({
      name: 'requestsPerReplica',
      current: `${rounded(average)} requests/s`,
      average,
    });
  }
  if (cpuCores !== undefined)
    metrics.push({
      name: 'cpu',
      current: `${rounded(cpuCores)} cores`,
      average: cpuCores,
    });
  if (residentBytes !== undefined)
    metrics.push({
      name: 'memory',
      current: `${rounded(residentBytes / mebibyte)} MiB`,
      average: residentBytes,
    });
  return metrics;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
