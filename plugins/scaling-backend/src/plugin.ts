import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { scalingPermissions } from '@slipway/backstage-plugin-scaling-common';
import {
  scalingProvidersExtensionPoint,
  usageSourcesExtensionPoint,
} from '@slipway/backstage-plugin-scaling-node';
import {
  askTogether,
  Authorizer,
  createTargetRules,
  Mutations,
  VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import { wasGivenUp } from '@slipway/workflow-engine';
import { registerActions } from './actions/registerActions';
import { CatalogReader } from './catalog/CatalogReader';
import { AutoscalerStore } from './database/AutoscalerStore';
import { ChangeStore } from './database/ChangeStore';
import { DemandStore } from './database/DemandStore';
import { HistoryStore } from './database/HistoryStore';
import { migrate } from './database/migrate';
import { SourceStore } from './database/SourceStore';
import { TargetStore } from './database/TargetStore';
import { DeliveryGates } from './effects/DeliveryGates';
import { DeliveryMeans } from './effects/DeliveryMeans';
import { FollowedPolicies } from './effects/FollowedPolicies';
import { ProviderMeans } from './effects/ProviderMeans';
import { ProviderPolicies } from './effects/ProviderPolicies';
import { SizedRelease } from './effects/SizedRelease';
import { createScalingEngine } from './engine';
import {
  scalingTargetResourceRef,
  targetResources,
} from './permissions/scalingTargets';
import { ProviderRegistry } from './registry/ProviderRegistry';
import { UsageRegistry } from './registry/UsageRegistry';
import { createRouter } from './router/createRouter';
import { BottleneckService } from './service/BottleneckService';
import { ChangeableTargets } from './service/ChangeableTargets';
import { ChangeReader } from './service/ChangeReader';
import { ChangeService } from './service/ChangeService';
import { ChangeSignals } from './service/ChangeSignals';
import { isOvertaken, translated } from './service/engineErrors';
import { FeedService } from './service/FeedService';
import { PolicyService } from './service/PolicyService';
import { readMostReplicas } from './service/readMostReplicas';
import { ForecastService } from './service/ForecastService';
import { readPrices } from './service/readPrices';
import { readSizingRules } from './service/readSizingRules';
import { RightSizingService } from './service/RightSizingService';
import { SpreadService } from './service/SpreadService';
import { TargetService } from './service/TargetService';
import { UsageReader } from './service/UsageReader';
import { WhatIfService } from './service/WhatIfService';
import { PolicyFollower } from './tasks/PolicyFollower';
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
    const usageRegistry = new UsageRegistry();
    env.registerExtensionPoint(usageSourcesExtensionPoint, usageRegistry);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { httpRouter, lifecycle, permissionsRegistry } = deps;
        const knex = await deps.database.getClient();
        if (!deps.database.migrations?.skip) await migrate(knex);
        const most = readMostReplicas(deps.config);
        const catalog = new CatalogReader(deps.catalog);
        permissionsRegistry.addResourceType({
          resourceRef: scalingTargetResourceRef,
          permissions: scalingPermissions,
          rules: createTargetRules(scalingTargetResourceRef),
          getResources: targetResources(catalog, deps.auth),
        });

        const targets = new TargetStore(knex);
        const changes = new ChangeStore(knex);
        const history = new HistoryStore(knex);
        const shared = {
          ...deps,
          knex,
          registry,
          catalog,
          changes,
          most,
          permissions: askTogether(deps.permissions),
          now: Date.now,
        };
        const authorizer = new Authorizer(
          shared.permissions,
          permissionsRegistry,
          scalingTargetResourceRef,
        );
        const visibleComponents = new VisibleComponents({
          ...shared,
          componentRefs: async () => [
            ...(await targets.componentRefs()),
            ...(await changes.componentRefs()),
          ],
        });
        const targetService = new TargetService({
          ...shared,
          targets,
          history,
          sources: new SourceStore(knex),
          visibleComponents,
        });
        const provider = new ProviderMeans(shared);
        const client = new DeliveryClient({ discoveryApi: deps.discovery });
        const delivery = new DeliveryMeans({ ...shared, client });
        const autoscalers = new AutoscalerStore(knex);
        const policies = {
          provider: new ProviderPolicies(shared),
          delivery: new FollowedPolicies({ autoscalers, delivery }),
        };
        const gates = new DeliveryGates({ ...shared, client });
        const engine = await createScalingEngine({
          ...shared,
          gates,
          policies,
          means: { provider, delivery },
        });
        const reader = new ChangeReader({
          ...shared,
          authorizer,
          visibleComponents,
        });
        const usage = new UsageReader({ ...shared, usage: usageRegistry });
        const planning = {
          history,
          now: shared.now,
          prices: readPrices(deps.config),
          targets: targetService,
          usage,
        };
        const changing = {
          ...shared,
          authorizer,
          engine,
          reader,
          changeable: new ChangeableTargets({ catalog, targetService }),
          mutations: new Mutations({
            ...shared,
            isMomentary: error => wasGivenUp(error) || isOvertaken(error),
            translate: translated,
          }),
        };
        const services = {
          targets: targetService,
          changeReader: reader,
          changes: new ChangeService({ ...changing, provider }),
          policies: new PolicyService({ ...changing, gates, policies }),
          feed: new FeedService({ engine, authorizer }),
          bottlenecks: new BottleneckService(planning),
          forecasts: new ForecastService(planning),
          whatIf: new WhatIfService({
            ...planning,
            demand: new DemandStore(knex),
          }),
          rightSizing: new RightSizingService({
            ...changing,
            ...planning,
            sizedRelease: new SizedRelease({ ...shared, client }),
            rules: readSizingRules(deps.config),
          }),
          spread: new SpreadService(planning),
        };
        const changeSignals = new ChangeSignals(shared);
        const unsubscribe = engine.onChange(({ runId }) => {
          if (runId) void changeSignals.runChanged(runId);
        });
        registerActions({
          registry: deps.actionsRegistry,
          services,
          auth: deps.auth,
        });
        httpRouter.use(await createRouter({ ...deps, services }));
        httpRouter.addAuthPolicy({
          path: '/openapi.json',
          allow: 'unauthenticated',
        });
        lifecycle.addStartupHook(async () => {
          await engine.start();
          await scheduleTasks({
            ...shared,
            follower: new PolicyFollower({
              ...shared,
              autoscalers,
              delivery,
            }),
            observer: new TargetObserver(shared),
          });
        });
        lifecycle.addShutdownHook(async () => {
          unsubscribe();
          await engine.stop();
        });
      },
    });
  },
});
