import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryRuntimesExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import {
  ClusterDirectory,
  imageArtifact,
  WatchedObjects,
} from '@slipway/backstage-plugin-kubernetes-node';
import { KubernetesRuntime } from './KubernetesRuntime';
import { readSettings } from './settings';

/**
 * Kubernetes as a runtime: container images as Deployments, in the clusters that the Kubernetes plugin knows.
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
      },
      async init({ auth, config, discovery, lifecycle, logger, runtimes }) {
        const settings = readSettings(config);
        runtimes.addArtifactKind(imageArtifact(settings));
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
