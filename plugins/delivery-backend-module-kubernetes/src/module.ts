import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryRuntimesExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import {
  ClusterDirectory,
  imageArtifact,
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
        runtimes: deliveryRuntimesExtensionPoint,
      },
      async init({ auth, config, discovery, runtimes }) {
        const settings = readSettings(config);
        runtimes.addArtifactKind(imageArtifact(settings));
        runtimes.addRuntime(
          new KubernetesRuntime({
            clusters: new ClusterDirectory({ auth, discovery }),
            settings,
            now: Date.now,
          }),
        );
      },
    });
  },
});
