import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryRuntimesExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import {
  ClusterDirectory,
  imageArtifact,
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
        runtimes: deliveryRuntimesExtensionPoint,
      },
      async init({ auth, config, discovery, runtimes }) {
        runtimes.addArtifactKind(
          imageArtifact({
            allowTags:
              config.getOptionalBoolean('delivery.kubernetes.allowTags') ??
              false,
          }),
        );
        runtimes.addRuntime(
          new ArgoRolloutsRuntime({
            clusters: new ClusterDirectory({ auth, discovery }),
            settings: readSettings(config),
            now: Date.now,
          }),
        );
      },
    });
  },
});
