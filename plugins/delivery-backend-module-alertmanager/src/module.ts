import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryIncidentsExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import { AlertmanagerSource } from './AlertmanagerSource';
import { readSettings } from './settings';

/**
 * Adds the Alertmanagers under `delivery.alertmanager` as sources of open incidents.
 *
 * @public
 */
export const deliveryModuleAlertmanager = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'alertmanager',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        incidents: deliveryIncidentsExtensionPoint,
      },
      async init({ config, incidents }) {
        for (const settings of readSettings(config))
          incidents.addSource(new AlertmanagerSource(settings));
      },
    });
  },
});
