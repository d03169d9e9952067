import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { targetPaths } from '@backstage/cli-common';
import { ScmIntegrations } from '@backstage/integration';
import { deliveryRuntimesExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import {
  ClusterDirectory,
  imageArtifact,
  WatchedObjects,
} from '@slipway/backstage-plugin-kubernetes-node';
import { KubernetesRuntime } from './KubernetesRuntime';
import { manifestsArtifact } from './manifests/manifestsArtifact';
import { RepositoryFiles } from './manifests/RepositoryFiles';
import { readSettings } from './settings';

/**
 * Kubernetes as a runtime: container images as Deployments, and manifests as they are, in the clusters that the Kubernetes
 * plugin knows.
 *
 * @public
 */
export const deliveryModuleKubernetes = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'kubernetes',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        runtimes: deliveryRuntimesExtensionPoint,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auth, config, discovery, lifecycle, logger, runtimes } = deps;
        const settings = readSettings(config);
        runtimes.addArtifactKind(imageArtifact(settings));
        runtimes.addArtifactKind(
          manifestsArtifact({
            allowed: settings.repositories,
            binaries: settings.binaries,
            files: new RepositoryFiles({
              integrations: ScmIntegrations.fromConfig(config),
              localRepositories: targetPaths.resolveRoot(
                config.getOptionalString('slipway.repositories.directory') ??
                  'data/repositories',
              ),
              urlReader: deps.urlReader,
            }),
          }),
        );
        const clusters = new ClusterDirectory({ auth, discovery });
        const watched = settings.watch
          ? new WatchedObjects({ clusters, logger })
          : undefined;
        if (watched) lifecycle.addShutdownHook(() => watched.stop());
        runtimes.addRuntime(
          new KubernetesRuntime({
            clusters,
            settings,
            now: Date.now,
            ...(watched && { watched }),
          }),
        );
      },
    });
  },
});
