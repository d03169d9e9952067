import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { PrometheusClient } from '@slipway/backstage-plugin-prometheus-node';
import { usageSourcesExtensionPoint } from '@slipway/backstage-plugin-scaling-node';
import { PrometheusUsage } from './PrometheusUsage';
import { readSettings } from './settings';

/**
 * What replicas used and answered, from Prometheus.
 *
 * @public
 */
export const scalingModulePrometheus = createBackendModule({
  pluginId: 'scaling',
  moduleId: 'prometheus',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        usage: usageSourcesExtensionPoint,
      },
      async init({ config, lifecycle, usage }) {
        const { servers, ...settings } = readSettings(config);
        if (!servers.length) return;
        const clients = servers.map(server => new PrometheusClient(server));
        usage.addSource(new PrometheusUsage({ ...settings, clients }));
        lifecycle.addShutdownHook(async () => {
          await Promise.all(clients.map(client => client.close()));
        });
      },
    });
  },
});
