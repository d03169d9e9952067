import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  defaultMostReplicas,
  type MostReplicas,
} from '../domain/change/bounds';

/** `scaling.bounds`. Throws `InputError` for what is no number of replicas. */
export function readMostReplicas(config: Config): MostReplicas {
  const read = (tier: keyof MostReplicas) => {
    const key = `scaling.bounds.${tier}.max`;
    const max = config.getOptionalNumber(key) ?? defaultMostReplicas[tier];
    if (!Number.isInteger(max) || max < 1 || max > 10_000)
      throw new InputError(`${key} must be a whole number from 1 to 10000`);
    return max;
  };
  return {
    development: read('development'),
    staging: read('staging'),
    production: read('production'),
  };
}
