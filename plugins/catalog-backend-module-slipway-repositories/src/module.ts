import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { targetPaths } from '@backstage/cli-common';
import {
  catalogLocationsExtensionPoint,
  catalogProcessingExtensionPoint,
} from '@backstage/plugin-catalog-node';
import {
  LOCATION_TYPE,
  SlipwayRepositoryProcessor,
} from './SlipwayRepositoryProcessor';

/** @public */
export const catalogModuleSlipwayRepositories = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'slipway-repositories',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        locations: catalogLocationsExtensionPoint,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ config, locations, processing }) {
        // `file` is left out on purpose: it would let everybody who may register a location read any YAML file of this machine.
        locations.setAllowedLocationTypes(['url', LOCATION_TYPE]);
        processing.addProcessor(
          new SlipwayRepositoryProcessor(
            targetPaths.resolveRoot(
              config.getOptionalString('slipway.repositories.directory') ??
                'data/repositories',
            ),
          ),
        );
      },
    });
  },
});
