import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Prices } from '../domain/whatif/price';

/** `scaling.prices`; throws `InputError` for a price below nothing. */
export function readPrices(config: Config): Prices | undefined {
  const prices = config.getOptionalConfig('scaling.prices');
  if (!prices) return undefined;
  const price = (name: Exclude<keyof Prices, 'currency'>) => {
    const value = prices.getOptionalNumber(name);
    if (value !== undefined && value < 0)
      throw new InputError(`scaling.prices.${name} cannot be below 0`);
    return value;
  };
  return {
    currency: prices.getString('currency'),
    cpuCoreHour: price('cpuCoreHour'),
    memoryGiBHour: price('memoryGiBHour'),
    perReplicaHour: price('perReplicaHour'),
  };
}
