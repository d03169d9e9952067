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
import { ArgoRolloutsRuntime } from './ArgoRolloutsRuntime';
import { readSettings } from './settings';

/**
 * Argo Rollouts as a runtime: container images as Rollouts, in the clusters that the Kubernetes plugin knows.
 *
 * @public
 */
export const deliveryModuleArgoRollouts = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'argo-rollouts',
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
      async init(deps) {
        const { auth, config, discovery, lifecycle, logger, runtimes } = deps;
        const settings = readSettings(config);
        runtimes.addArtifactKind(
          imageArtifact({
            allowTags:
              config.getOptionalBoolean('delivery.kubernetes.allowTags') ??
              false,
          }),
        );
        const clusters = new ClusterDirectory({ auth, discovery });
        const watched = settings.watch
          ? new WatchedObjects({ clusters, logger })
          : undefined;
        if (watched) lifecycle.addShutdownHook(() => watched.stop());
        runtimes.addRuntime(
          new ArgoRolloutsRuntime({
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
