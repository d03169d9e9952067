import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readRoles } from './config/readRoles';
import { grantsThatCannotCount } from './config/warnings';
import { CallerResolver } from './service/CallerResolver';
import { SlipwayPolicy } from './service/SlipwayPolicy';

/**
 * Makes the roles under `permission.slipway` in app-config the policy of the permission backend.
 *
 * @public
 */
export const permissionModuleSlipway = createBackendModule({
  pluginId: 'permission',
  moduleId: 'slipway',
  register(reg) {
    reg.registerInit({
      deps: {
        policy: policyExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        auth: coreServices.auth,
        userInfo: coreServices.userInfo,
        catalog: catalogServiceRef,
      },
      async init({ policy, config, logger, auth, userInfo, catalog }) {
        const roles = readRoles(config);
        for (const warning of grantsThatCannotCount(roles)) {
          logger.warn(warning);
        }
        policy.setPolicy(
          new SlipwayPolicy({
            roles,
            callers: new CallerResolver({ auth, userInfo, catalog, logger }),
            auth,
            logger,
          }),
        );
      },
    });
  },
});
