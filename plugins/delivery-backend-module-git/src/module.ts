import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { targetPaths } from '@backstage/cli-common';
import { ScmIntegrations } from '@backstage/integration';
import { deliveryCommitsExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitCommits } from './GitCommits';
import { Histories } from './Histories';
import { trusted } from './trust';

const keptHistories = 50;

/**
 * Reads the commits that a release brings, from the hosts under `integrations` and the portal's own repositories.
 *
 * @public
 */
export const deliveryModuleGit = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'git',
  register(reg) {
    reg.registerInit({
      deps: {
        commits: deliveryCommitsExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
      },
      async init({ commits, config, lifecycle }) {
        const directory = mkdtempSync(
          join(
            config.getOptionalString('backend.workingDirectory') ?? tmpdir(),
            'slipway-git-',
          ),
        );
        lifecycle.addShutdownHook(() =>
          rmSync(directory, { recursive: true, force: true }),
        );
        commits.addSource(
          new GitCommits({
            integrations: ScmIntegrations.fromConfig(config),
            histories: new Histories({
              directory,
              limit: keptHistories,
              config: trusted(directory),
            }),
            localRepositories: targetPaths.resolveRoot(
              config.getOptionalString('slipway.repositories.directory') ??
                'data/repositories',
            ),
          }),
        );
      },
    });
  },
});
