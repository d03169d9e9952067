import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { ExampleUserDirectory } from './ExampleUserDirectory';
import { createProvider } from './createProvider';
import { createUsersRouter } from './createUsersRouter';
import { readRoleTitles } from './roleTitles';
import { PROVIDER_ID, readSettings } from './settings';

/**
 * Registers the auth provider `exampleUsers` if `auth.providers.exampleUsers.enabled` is true.
 *
 * @public
 */
export const authModuleExampleUsers = createBackendModule({
  pluginId: 'auth',
  moduleId: 'example-users',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        httpRouter: coreServices.httpRouter,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
      },
      async init({ providers, httpRouter, config, logger, auth, catalog }) {
        const read = readSettings(config, process.env.NODE_ENV);
        if (!read.enabled) {
          logger.warn(read.reason);
          return;
        }
        logger.warn(
          'Sign-in as an example user is on: whoever reaches this portal can be anybody in its catalog',
        );

        const directory = new ExampleUserDirectory({
          catalog,
          auth,
          users: read.settings.users,
          roles: readRoleTitles(config),
        });
        providers.registerProvider({
          providerId: PROVIDER_ID,
          factory: ({ resolverContext, baseUrl }) =>
            createProvider({ directory, resolverContext, baseUrl }),
        });
        // The list is needed before anybody is signed in, and a provider's own routes have no place for it.
        httpRouter.use(createUsersRouter(directory));
        httpRouter.addAuthPolicy({
          path: `/${PROVIDER_ID}/users`,
          allow: 'unauthenticated',
        });
      },
    });
  },
});
