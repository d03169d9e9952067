import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { ScalingClient } from '@slipway/backstage-plugin-scaling-common';
import { createApplyScalingPolicyAction } from './actions/applyScalingPolicy';
import { createCheckoutRepositoryAction } from './actions/checkoutRepository';
import { createCreateReleaseAction } from './actions/createRelease';
import { createMergeJsonAction } from './actions/mergeJson';
import { createPromoteAction } from './actions/promote';
import { createPublishRepositoryAction } from './actions/publishRepository';
import { createRegisterInCatalogAction } from './actions/registerInCatalog';
import { createRequestWindowAction } from './actions/requestWindow';
import { createRollBackAction } from './actions/rollBack';
import { createScaleAction } from './actions/scale';
import { createStartRolloutAction } from './actions/startRollout';
import { createWaitForApprovalAction } from './actions/waitForApproval';
import { CommitArchives } from './repositories/CommitArchives';
import { LocalRepositories } from './repositories/LocalRepositories';
import { RepositoryAccess } from './repositories/RepositoryAccess';
import { readRepositoriesConfig } from './repositories/RepositoriesConfig';

/** @public */
export const scaffolderModuleSlipway = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'slipway',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        userInfo: coreServices.userInfo,
      },
      async init({ actions, auth, catalog, config, discovery, userInfo }) {
        const { directory, artifactsDirectory, maintainers } =
          readRepositoriesConfig(config);
        const repositories = new LocalRepositories(directory);
        const archives = new CommitArchives(artifactsDirectory, repositories);
        const access = new RepositoryAccess({ auth, userInfo, maintainers });
        const client = new DeliveryClient({ discoveryApi: discovery });
        const scalingClient = new ScalingClient({ discoveryApi: discovery });
        const appBaseUrl = config.getString('app.baseUrl');

        actions.addActions(
          createPublishRepositoryAction({
            repositories,
            archives,
            access,
            catalog,
          }),
          createCheckoutRepositoryAction({ repositories }),
          createMergeJsonAction(),
          createRegisterInCatalogAction({ catalog }),
          createCreateReleaseAction({ client, auth, catalog }),
          createStartRolloutAction({ client, auth, appBaseUrl }),
          createRollBackAction({ client, auth, appBaseUrl }),
          createPromoteAction({ client, auth, appBaseUrl }),
          createWaitForApprovalAction({ client, auth, appBaseUrl }),
          createRequestWindowAction({ client, auth, appBaseUrl }),
          createScaleAction({ scalingClient, auth }),
          createApplyScalingPolicyAction({ scalingClient, auth }),
        );
      },
    });
  },
});
