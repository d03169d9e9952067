import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliveryAnalysisExtensionPoint } from '@slipway/backstage-plugin-delivery-node';
import { WebAnalysisProvider } from './WebAnalysisProvider';
import { readAllowList } from './readAllowList';

/**
 * Adds the analysis provider `web`.
 *
 * @public
 */
export const deliveryModuleWeb = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'web',
  register(reg) {
    reg.registerInit({
      deps: {
        analysis: deliveryAnalysisExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ analysis, config }) {
        analysis.addProvider(
          new WebAnalysisProvider({ allowList: readAllowList(config) }),
        );
      },
    });
  },
});
