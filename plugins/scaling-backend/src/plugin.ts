import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scalingPermissions } from '@slipway/backstage-plugin-scaling-common';
import { scalingProvidersExtensionPoint } from '@slipway/backstage-plugin-scaling-node';
import {
  askTogether,
  VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import { CatalogReader } from './catalog/CatalogReader';
import { DemandStore } from './database/DemandStore';
import { HistoryStore } from './database/HistoryStore';
import { migrate } from './database/migrate';
import { SourceStore } from './database/SourceStore';
import { TargetStore } from './database/TargetStore';
import { ProviderRegistry } from './registry/ProviderRegistry';
import { createRouter } from './router/createRouter';
import { BottleneckService } from './service/BottleneckService';
import { ForecastService } from './service/ForecastService';
import { readPrices } from './service/readPrices';
import { TargetService } from './service/TargetService';
import { WhatIfService } from './service/WhatIfService';
import { scheduleTasks } from './tasks/scheduleTasks';
import { TargetObserver } from './tasks/TargetObserver';

/**
 * How many replicas of what run where, what drives them, and why it did not scale.
 *
 * @public
 */
export const scalingPlugin = createBackendPlugin({
  pluginId: 'scaling',
  register(env) {
    const registry = new ProviderRegistry();
    env.registerExtensionPoint(scalingProvidersExtensionPoint, registry);
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { httpRouter, lifecycle, permissionsRegistry } = deps;
        const knex = await deps.database.getClient();
        if (!deps.database.migrations?.skip) await migrate(knex);
        permissionsRegistry.addPermissions(scalingPermissions);

        const targets = new TargetStore(knex);
        const history = new HistoryStore(knex);
        const shared = {
          ...deps,
          knex,
          registry,
          catalog: new CatalogReader(deps.catalog),
          permissions: askTogether(deps.permissions),
          now: Date.now,
        };
        const service = new TargetService({
          ...shared,
          targets,
          history,
          sources: new SourceStore(knex),
          visibleComponents: new VisibleComponents({
            ...shared,
            componentRefs: () => targets.componentRefs(),
          }),
        });
        const planning = { history, now: shared.now, targets: service };
        httpRouter.use(
          await createRouter({
            ...deps,
            services: {
              targets: service,
              bottlenecks: new BottleneckService(planning),
              forecasts: new ForecastService(planning),
              whatIf: new WhatIfService({
                ...planning,
                demand: new DemandStore(knex),
                prices: readPrices(deps.config),
              }),
            },
          }),
        );
        httpRouter.addAuthPolicy({
          path: '/openapi.json',
          allow: 'unauthenticated',
        });
        lifecycle.addStartupHook(() =>
          scheduleTasks({ ...shared, observer: new TargetObserver(shared) }),
        );
      },
    });
  },
});
