import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryAnalysisExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import {
  PrometheusClient,
  readServers,
} from '@slipway/backstage-plugin-prometheus-node';
import { PrometheusAnalysisProvider } from './PrometheusAnalysisProvider';

/**
 * Adds the analysis provider `prometheus` to delivery.
 *
 * @public
 */
export const deliveryModulePrometheus = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'prometheus',
  register(reg) {
    reg.registerInit({
      deps: {
        analysis: deliveryAnalysisExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
      },
      async init({ analysis, config, lifecycle }) {
        const clients = readServers(config, 'delivery.prometheus.servers').map(
          server => new PrometheusClient(server),
        );
        analysis.addProvider(
          new PrometheusAnalysisProvider({ clients, now: Date.now }),
        );
        lifecycle.addShutdownHook(async () => {
          await Promise.all(clients.map(client => client.close()));
        });
      },
    });
  },
});
