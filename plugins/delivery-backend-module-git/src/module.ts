import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { deliveryCommitsExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitCommits } from './GitCommits';
import { Histories } from './Histories';
import { readSettings } from './settings';
import { trusted } from './trust';

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
        const settings = readSettings(config);
        const directory =
          settings.directory ?? mkdtempSync(join(tmpdir(), 'slipway-git-'));
        if (settings.directory)
          mkdirSync(directory, { recursive: true, mode: 0o700 });
        else
          lifecycle.addShutdownHook(() =>
            rmSync(directory, { recursive: true, force: true }),
          );
        commits.addSource(
          new GitCommits({
            ...settings,
            integrations: ScmIntegrations.fromConfig(config),
            histories: new Histories({
              ...settings,
              directory,
              config: trusted(directory),
            }),
          }),
        );
      },
    });
  },
});
