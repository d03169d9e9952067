import type { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { targetPaths } from '@backstage/cli-common';

export interface RepositoriesConfig {
  directory: string;
  artifactsDirectory: string;
  maintainers: string[];
}

/** Relative paths start at the root of the monorepo: a backend in development runs in packages/backend, one in production does not. */
export function readRepositoriesConfig(
  config: RootConfigService,
): RepositoriesConfig {
  const section = config.getOptionalConfig('slipway.repositories');
  return {
    directory: targetPaths.resolveRoot(
      section?.getOptionalString('directory') ?? 'data/repositories',
    ),
    artifactsDirectory: targetPaths.resolveRoot(
      section?.getOptionalString('artifactsDirectory') ?? 'data/artifacts',
    ),
    maintainers: (section?.getOptionalStringArray('maintainers') ?? []).map(
      ref => stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'group' })),
    ),
  };
}
