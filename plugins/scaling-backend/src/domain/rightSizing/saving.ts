import type {
  ResourceSizing,
  RightSizing,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import type { Prices } from '../whatif/price';

/** A year of 8760 hours, in twelve. */
const hoursPerMonth = 730;

/** What the changes come to in a month with as many replicas as were measured, or why that is not known. */
export function savingOf(
  sizings: readonly ResourceSizing[],
  replicas: number,
  prices: Prices | undefined,
  metrics: ScalingTarget['metrics'],
): Pick<RightSizing, 'saving' | 'noSaving'> {
  const changed = sizings.filter(({ verdict }) =>
    ['lower', 'raise'].includes(verdict),
  );
  if (!changed.length) return {};
  if (!prices)
    return {
      noSaving: 'No prices are configured; they are under scaling.prices',
    };
  const { cpuCoreHour, currency, memoryGiBHour, perReplicaHour } = prices;
  if (perReplicaHour !== undefined)
    return {
      noSaving:
        'scaling.prices has one price for a replica, whatever it requests',
    };
  const decided = changed.find(({ resource }) => decidesOn(metrics, resource));
  if (decided)
    return {
      noSaving: `The autoscaler goes by ${inWords(decided.resource)} in percent of the request, so that another request changes how many replicas there are`,
    };
  const price = { cpu: cpuCoreHour, memory: memoryGiBHour };
  const unpriced = changed.find(
    ({ resource }) => price[resource] === undefined,
  );
  if (unpriced)
    return {
      noSaving: `scaling.prices has no price of ${inWords(unpriced.resource)}`,
    };
  const perHour = changed.reduce(
    (sum, { recommended, request = 0, resource }) =>
      sum +
      ((request - recommended) / (resource === 'memory' ? 2 ** 30 : 1)) *
        (price[resource] ?? 0),
    0,
  );
  return {
    saving: {
      currency,
      perMonth: perHour * replicas * hoursPerMonth,
      hoursPerMonth,
      replicas,
    },
  };
}

/** Whether an autoscaler goes by a resource in percent of its request. */
export function decidesOn(
  metrics: ScalingTarget['metrics'],
  resource: 'cpu' | 'memory',
): boolean {
  return metrics.some(
    ({ name, utilization }) => name === resource && utilization !== undefined,
  );
}

export function inWords(resource: 'cpu' | 'memory'): string {
  return resource === 'cpu' ? 'CPU' : 'memory';
}
