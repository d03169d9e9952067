import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryAnalysisExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import { PrometheusAnalysisProvider } from './PrometheusAnalysisProvider';
import { PrometheusClient } from './PrometheusClient';
import { readServers } from './settings';

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
        const clients = readServers(config).map(
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
