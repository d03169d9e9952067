import type {
  ReplicaResources,
  WhatIf,
} from '@slipway/backstage-plugin-scaling-common';

/** `scaling.prices` of the configuration. */
export interface Prices {
  currency: string;
  cpuCoreHour?: number;
  memoryGiBHour?: number;
  perReplicaHour?: number;
}

/** What a replica costs, or why that is not known. */
export type ReplicaCost =
  { price: NonNullable<WhatIf['price']> } | { noPrice: string };

/** By what a replica requests, unless there is one price for all. */
export function replicaCost(
  prices: Prices | undefined,
  resources: ReplicaResources = {},
): ReplicaCost {
  if (!prices)
    return {
      noPrice: 'No prices are configured; they are under scaling.prices',
    };
  const { currency, cpuCoreHour, memoryGiBHour, perReplicaHour } = prices;
  if (perReplicaHour !== undefined)
    return { price: { currency, perReplicaHour } };
  const parts = [
    { name: 'CPU', price: cpuCoreHour, amount: resources.cpuCores },
    {
      name: 'memory',
      price: memoryGiBHour,
      amount: resources.memoryBytes && resources.memoryBytes / 2 ** 30,
    },
  ].filter(({ price }) => price !== undefined);
  if (!parts.length)
    return {
      noPrice: 'scaling.prices has a price neither of CPU nor of memory',
    };
  const unknown = parts.filter(({ amount }) => amount === undefined);
  if (unknown.length)
    return {
      noPrice: `It is not known how much ${unknown.map(({ name }) => name).join(' and ')} a replica requests`,
    };
  return {
    price: {
      currency,
      perReplicaHour: parts.reduce(
        (sum, { price = 0, amount = 0 }) => sum + price * amount,
        0,
      ),
    },
  };
}
