import {
  type BackendFeature,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type DeliveryAnalysisProvider,
  deliveryAnalysisExtensionPoint,
  deliveryRuntimesExtensionPoint,
} from '@slipway/backstage-plugin-delivery-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { deliveryPlugin } from '../plugin';
import { testArtifactKind, TestProvider, TestRuntime } from './TestRuntime';

/** Components with an owner, and three environments. */
const entities = (components: string[]): Entity[] => [
  ...components.map(title => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: title.toLowerCase(), title },
    spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
  })),
  ...(['development', 'staging', 'production'] as const).map((tier, order) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: tier },
    spec: {
      type: 'environment',
      owner: 'platform',
      tier,
      order,
      runtime: 'test',
    },
  })),
];

/** A provider that knows nothing of two releases. */
const onlyMeasures: DeliveryAnalysisProvider = {
  name: 'plain',
  title: 'Plain provider',
  schema: { type: 'object' },
  measure: async () => ({ result: 0 }),
};

/** Starts the real plugin on a database, with a runtime and a provider that tests steer. */
export async function startDelivery(
  knex: Knex,
  permissions: BackendFeature = mockServices.permissions.factory(),
  others: {
    features?: BackendFeature[];
    config?: JsonObject;
    components?: string[];
    entities?: Entity[];
  } = {},
) {
  const runtime = new TestRuntime();
  const provider = new TestProvider();
  const scheduler = mockServices.scheduler();
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      createBackendModule({
        pluginId: 'delivery',
        moduleId: 'test',
        register(env) {
          env.registerInit({
            deps: {
              runtimes: deliveryRuntimesExtensionPoint,
              analysis: deliveryAnalysisExtensionPoint,
            },
            async init({ runtimes, analysis }) {
              runtimes.addRuntime(runtime);
              runtimes.addArtifactKind(testArtifactKind);
              analysis.addProvider(provider);
              analysis.addProvider(onlyMeasures);
            },
          });
        },
      }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      catalogServiceMock.factory({
        entities: [
          ...entities(others.components ?? ['Checkout', 'Ledger']),
          ...(others.entities ?? []),
        ],
      }),
      mockServices.rootConfig.factory({ data: others.config ?? {} }),
      permissions,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      ...(others.features ?? []),
    ],
  });
  /** Reads the documents of pipelines and windows now, as the plugin does every few seconds. */
  const readDocuments = () => scheduler.triggerTask('delivery-load-documents');
  await readDocuments();
  /** The same for pipelines of components. */
  const readOwnPipelines = () =>
    scheduler.triggerTask('delivery-load-own-pipelines');
  /** Promotes what pipelines promote by themselves now, as the plugin does every few seconds. */
  const promoteNow = () => scheduler.triggerTask('delivery-promote');
  /** Reminds of what nobody has reviewed, as the plugin does every day. */
  const remindNow = () => scheduler.triggerTask('delivery-remind-reviews');
  /** Reads incidents, as the plugin does every 30 seconds. */
  const readIncidents = () => scheduler.triggerTask('delivery-read-incidents');
  return {
    backend,
    readIncidents,
    server: backend.server,
    runtime,
    provider,
    readDocuments,
    readOwnPipelines,
    promoteNow,
    remindNow,
  };
}
