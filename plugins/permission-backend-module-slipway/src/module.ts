import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { accessPermissions } from '@slipway/backstage-plugin-access-common';
import { readRoles } from './config/readRoles';
import { grantsThatCannotCount } from './config/warnings';
import { createAccessRouter } from './router/createAccessRouter';
import { AccessService } from './service/AccessService';
import { CallerResolver } from './service/CallerResolver';
import { ConditionChecker } from './service/ConditionChecker';
import { DeclaredPermissions } from './service/DeclaredPermissions';
import { PeopleDirectory } from './service/PeopleDirectory';
import { SlipwayPolicy } from './service/SlipwayPolicy';
import { SubjectReader } from './service/SubjectReader';

/**
 * Makes the roles under `permission.slipway` in app-config the policy of the permission backend, and tells who may do
 * what, and why, below `/api/permission/slipway`.
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
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        userInfo: coreServices.userInfo,
        discovery: coreServices.discovery,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        system: coreServices.rootSystemMetadata,
        catalog: catalogServiceRef,
      },
      async init({ policy, config, httpAuth, httpRouter, ...deps }) {
        const { auth, catalog, logger, permissions } = deps;
        const roles = readRoles(config);
        for (const warning of grantsThatCannotCount(roles)) {
          logger.warn(warning);
        }
        const callers = new CallerResolver(deps);
        policy.setPolicy(new SlipwayPolicy({ roles, callers, auth, logger }));

        deps.permissionsRegistry.addPermissions(accessPermissions);
        const access = new AccessService({
          roles,
          auth,
          permissions,
          callers,
          people: new PeopleDirectory(deps),
          declared: new DeclaredPermissions(deps),
          subjects: new SubjectReader(catalog),
          conditions: new ConditionChecker(deps),
        });
        httpRouter.use(createAccessRouter({ access, httpAuth }));
      },
    });
  },
});
