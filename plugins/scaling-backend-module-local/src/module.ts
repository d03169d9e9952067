import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { scalingProvidersExtensionPoint } from '@slipway/backstage-plugin-scaling-node';
import { LoadMeter } from './LoadMeter';
import { LocalLoadClient } from './LocalLoadClient';
import { LocalScalingProvider } from './LocalScalingProvider';

/**
 * What delivery runs in its embedded runtime.
 *
 * @public
 */
export const scalingModuleLocal = createBackendModule({
  pluginId: 'scaling',
  moduleId: 'local',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        providers: scalingProvidersExtensionPoint,
      },
      async init({ auth, discovery, providers }) {
        const counted = new LocalLoadClient({ auth, discovery });
        providers.addProvider(
          new LocalScalingProvider({
            auth,
            client: new DeliveryClient({ discoveryApi: discovery }),
            meter: new LoadMeter(signal => counted.read(signal), Date.now),
          }),
        );
      },
    });
  },
});
