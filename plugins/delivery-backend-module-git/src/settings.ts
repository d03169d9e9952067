import { targetPaths } from '@backstage/cli-common';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How histories are kept. */
export interface GitSettings {
  /** Where; a temporary directory when left out. */
  directory?: string;
  maxRepositories: number;
  /** For one fetch. */
  timeoutMs: number;
  /** Where the portal's own repositories are, `<name>.git` each. */
  localRepositories: string;
}

/** Reads `delivery.git`. Throws `InputError` naming the key. */
export function readSettings(config: Config): GitSettings {
  const directory = config.getOptionalString('delivery.git.directory');
  return {
    ...(directory && { directory: targetPaths.resolveRoot(directory) }),
    maxRepositories: atLeastOne(config, 'delivery.git.maxRepositories', 50),
    timeoutMs: atLeastOne(config, 'delivery.git.timeoutSeconds', 300) * 1000,
    localRepositories: targetPaths.resolveRoot(
      config.getOptionalString('slipway.repositories.directory') ??
        'data/repositories',
    ),
  };
}

function atLeastOne(config: Config, key: string, otherwise: number): number {
  const value = config.getOptionalNumber(key) ?? otherwise;
  if (!(value >= 1)) throw new InputError(`${key} must be at least 1`);
  return value;
}
