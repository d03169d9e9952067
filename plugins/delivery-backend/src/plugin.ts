import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { deliveryPermissions } from '@slipway/backstage-plugin-delivery-common';
import {
  deliveryAnalysisExtensionPoint,
  deliveryCommitsExtensionPoint,
  deliveryConfigurationExtensionPoint,
  deliveryIncidentsExtensionPoint,
  deliveryRuntimesExtensionPoint,
} from '@slipway/backstage-plugin-delivery-node';
import {
  askTogether,
  Authorizer,
  VisibleComponents,
} from '@slipway/backstage-plugin-slipway-node';
import { registerActions } from './actions/registerActions';
import { AutoPromoter } from './automation/AutoPromoter';
import { CatalogReader } from './catalog/CatalogReader';
import { migrate } from './database/migrate';
import { CursorStore } from './database/CursorStore';
import { createStores } from './database/createStores';
import { Documents } from './documents/Documents';
import { DocumentStore } from './documents/DocumentStore';
import { OwnPipelines } from './documents/own/OwnPipelines';
import { OwnPipelineStore } from './documents/own/OwnPipelineStore';
import { readPipelineFacts } from './documents/readPipelineFacts';
import { refreshDocuments } from './documents/refreshDocuments';
import { readDocumentSettings } from './documents/settings';
import { createDeliveryEngine } from './engine';
import { ReviewReminder } from './notifications/ReviewReminder';
import { GateNotifier } from './notifications/GateNotifier';
import { deliveryRules, deliveryTargetResourceRef } from './permissions/rules';
import { targetResources } from './permissions/targetResources';
import { DeliveryRegistry } from './registry/DeliveryRegistry';
import { createRouter } from './router/createRouter';
import { ChangeSignals } from './service/ChangeSignals';
import { CommitReader } from './service/commits/CommitReader';
import { createServices } from './service/createServices';
import { Electorate } from './service/gates/Electorate';
import { GateAnalyses } from './service/gates/GateAnalyses';
import { GateFactsReader } from './service/gates/GateFactsReader';
import type { PromotionRollouts } from './service/promotions/PromotionRollouts';
import { readDefaultStrategies } from './service/strategies';
import { KnownIncidents } from './service/incidents/KnownIncidents';
import { IncidentWatch } from './tasks/IncidentWatch';
import { scheduleTasks } from './tasks/scheduleTasks';

/**
 * Releases, rollouts, analysis and rollback for the software in the catalog.
 *
 * @public
 */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    const registry = new DeliveryRegistry();
    env.registerExtensionPoint(deliveryRuntimesExtensionPoint, registry);
    env.registerExtensionPoint(deliveryAnalysisExtensionPoint, registry);
    env.registerExtensionPoint(deliveryConfigurationExtensionPoint, {
      setProvider: provider => registry.setConfigurationProvider(provider),
    });
    env.registerExtensionPoint(deliveryCommitsExtensionPoint, {
      addSource: source => registry.addCommitSource(source),
    });
    env.registerExtensionPoint(deliveryIncidentsExtensionPoint, {
      addSource: source => registry.addIncidentSource(source),
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auth, httpRouter, lifecycle, logger, permissionsRegistry } =
          deps;
        const knex = await deps.database.getClient();
        if (!deps.database.migrations?.skip) await migrate(knex);

        const catalog = new CatalogReader(deps.catalog);
        permissionsRegistry.addResourceType({
          resourceRef: deliveryTargetResourceRef,
          permissions: deliveryPermissions,
          rules: deliveryRules,
          getResources: targetResources(catalog, auth),
        });

        const stores = createStores(knex);
        const shared = {
          ...deps,
          ...stores,
          knex,
          registry,
          catalog,
          permissions: askTogether(deps.permissions),
          now: Date.now,
          knownIncidents: new KnownIncidents({
            store: stores.incidents,
            registry,
            now: Date.now,
          }),
        };
        const people = () => readPipelineFacts({ catalog: deps.catalog, auth });
        const documentSettings = readDocumentSettings(deps.config);
        const reading = {
          ...deps,
          vocabulary: registry,
          facts: people,
          now: Date.now,
        };
        const documents = Documents.create({
          ...reading,
          settings: documentSettings,
          store: new DocumentStore(knex),
          ...(documentSettings.fromComponents && {
            own: new OwnPipelines({
              ...reading,
              store: new OwnPipelineStore(knex),
              integrations: ScmIntegrations.fromConfig(deps.config),
            }),
          }),
        });
        const facts = new GateFactsReader({
          ...shared,
          analyses: new GateAnalyses(shared),
          incidents: shared.knownIncidents,
          documents,
        });
        // They need each other: the services submit to the engine, which asks them for the rollouts of promotions.
        const promotions: { rollouts?: PromotionRollouts } = {};
        const engine = await createDeliveryEngine({
          ...shared,
          facts,
          promotionRollouts: () => {
            if (!promotions.rollouts) throw new Error('Not started yet');
            return promotions.rollouts;
          },
        });
        const commits = new CommitReader({
          ...shared,
          store: stores.commitRanges,
        });
        const services = createServices({
          ...shared,
          commits,
          engine,
          facts,
          documents,
          people,
          strategies: readDefaultStrategies(deps.config, registry),
          electorate: new Electorate(shared),
          authorizer: new Authorizer(
            shared.permissions,
            permissionsRegistry,
            deliveryTargetResourceRef,
          ),
          visibleComponents: new VisibleComponents({
            ...shared,
            // Nothing is rolled out without a release of the component; people can be asked about others too.
            componentRefs: async () => [
              ...(await stores.releases.componentRefs()),
              ...(await stores.approvals.componentRefs()),
            ],
          }),
        });
        promotions.rollouts = services.promotionRollouts;
        const changes = new ChangeSignals({
          signals: deps.signals,
          store: stores.rollouts,
          logger,
        });
        const unsubscribe = engine.onChange(({ runId }) => {
          if (runId) void changes.runChanged(runId);
        });

        registerActions({
          registry: deps.actionsRegistry,
          services,
          auth,
        });
        httpRouter.use(
          await createRouter({ services, httpAuth: deps.httpAuth, logger }),
        );
        httpRouter.addAuthPolicy({
          path: '/openapi.json',
          allow: 'unauthenticated',
        });

        let tasks: { stop(): Promise<void> } | undefined;
        lifecycle.addStartupHook(async () => {
          await engine.start();
          await refreshDocuments({
            ...deps,
            documents,
            settings: documentSettings,
          });
          tasks = await scheduleTasks({
            ...deps,
            knex,
            registry,
            catalog,
            changes,
            commitRanges: stores.commitRanges,
            autoPromoter: new AutoPromoter({
              ...shared,
              documents,
              engine,
              planner: services.promotionPlanner,
              service: services.promotions,
              cursor: new CursorStore(knex, 'auto-promotion'),
            }),
            notifier: new GateNotifier({
              ...shared,
              engine,
              cursor: new CursorStore(knex, 'notifications'),
            }),
            incidents: new IncidentWatch({
              ...shared,
              store: stores.incidents,
            }),
            reminder: new ReviewReminder({ ...shared, engine }),
            now: Date.now,
          });
        });
        lifecycle.addShutdownHook(async () => {
          unsubscribe();
          await tasks?.stop();
          await commits.stop();
          await engine.stop();
        });
      },
    });
  },
});
