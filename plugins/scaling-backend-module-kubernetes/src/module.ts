import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ClusterDirectory } from '@slipway/backstage-plugin-kubernetes-node';
import { scalingProvidersExtensionPoint } from '@slipway/backstage-plugin-scaling-node';
import { ClusterReader } from './clusters/ClusterReader';
import { KubernetesReplicaControl } from './control/KubernetesReplicaControl';
import { KubernetesPolicyControl } from './policies/KubernetesPolicyControl';
import { KubernetesScalingProvider } from './KubernetesScalingProvider';

/**
 * Replicas and autoscalers of Kubernetes, in the clusters that the Kubernetes plugin knows.
 *
 * @public
 */
export const scalingModuleKubernetes = createBackendModule({
  pluginId: 'scaling',
  moduleId: 'kubernetes',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        providers: scalingProvidersExtensionPoint,
      },
      async init({ auth, discovery, providers }) {
        const clusters = new ClusterDirectory({ auth, discovery });
        providers.addProvider(
          new KubernetesScalingProvider(
            new ClusterReader(clusters),
            new KubernetesReplicaControl(clusters),
            new KubernetesPolicyControl(clusters),
          ),
        );
      },
    });
  },
});
