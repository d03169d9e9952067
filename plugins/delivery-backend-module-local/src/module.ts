import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  deliveryAnalysisExtensionPoint,
  deliveryRuntimesExtensionPoint,
} from '@slipway/backstage-plugin-delivery-node';
import { join } from 'node:path';
import { StateFile } from './agent/StateFile';
import { ArtifactStore } from './artifacts/ArtifactStore';
import { directoryArtifact } from './artifacts/directoryArtifact';
import { npmArtifact } from './artifacts/npmArtifact';
import { tarballArtifact } from './artifacts/tarballArtifact';
import { AgentClient } from './client/AgentClient';
import { AgentProcess } from './client/AgentProcess';
import { LocalAnalysisProvider } from './LocalAnalysisProvider';
import { createLoadRouter } from './load/createLoadRouter';
import { LocalRuntime } from './LocalRuntime';
import { readSettings } from './settings';

/**
 * The embedded runtime: artifacts as processes on this machine, for development, trials and small teams.
 *
 * @public
 */
export const deliveryModuleLocal = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'local',
  register(env) {
    env.registerInit({
      deps: {
        analysis: deliveryAnalysisExtensionPoint,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        runtimes: deliveryRuntimesExtensionPoint,
      },
      async init(deps) {
        const { analysis, config, lifecycle, logger, runtimes } = deps;
        const allowed = config.getOptionalBoolean(
          'delivery.local.allowInProduction',
        );
        if (process.env.NODE_ENV === 'production' && !allowed) {
          logger.error(
            "The embedded runtime is for one machine and is switched off in production. Environments with 'runtime: local' take no rollouts. Set delivery.local.allowInProduction to true to use it all the same.",
          );
          return;
        }
        const settings = readSettings(config);
        const { artifactLimits, artifactRoots } = settings;
        const { dataDirectory, orphanSeconds, socketPath } = settings.agent;
        const sources = [
          npmArtifact(settings),
          directoryArtifact(artifactRoots, artifactLimits),
          tarballArtifact(artifactRoots, artifactLimits),
        ];
        const agent = new AgentClient(
          socketPath,
          new AgentProcess(settings.agent),
        );
        const artifacts = new ArtifactStore(
          join(dataDirectory, 'artifacts'),
          sources,
        );
        runtimes.addRuntime(
          new LocalRuntime({
            agent,
            artifacts,
            artifactKinds: sources.map(({ kind }) => kind),
            workDirectory: join(dataDirectory, 'work'),
          }),
        );
        for (const source of sources) runtimes.addArtifactKind(source);
        analysis.addProvider(new LocalAnalysisProvider(agent, Date.now));
        deps.httpRouter.use(
          createLoadRouter({ ...deps, agent, now: Date.now }),
        );
        logger.info(
          `The embedded runtime runs software on this machine only, from ${dataDirectory}`,
        );

        let heartbeat: NodeJS.Timeout | undefined;
        lifecycle.addStartupHook(async () => {
          await artifacts.removeDrafts();
          const { targets } = new StateFile(
            join(dataDirectory, 'state.json'),
          ).read();
          const runs = Object.values(targets).some(
            ({ desired }) => desired.versions.length > 0,
          );
          // What ran when the portal was stopped comes back with it.
          if (runs) await agent.touch(orphanSeconds);
          heartbeat = setInterval(
            () => void agent.touchIfThere(orphanSeconds),
            (orphanSeconds * 1000) / 3,
          );
        });
        lifecycle.addShutdownHook(async () => {
          clearInterval(heartbeat);
          await agent.touchIfThere(settings.reloadSeconds);
        });
      },
    });
  },
});
