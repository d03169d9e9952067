import {
  type BackendFeature,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { scalingProvidersExtensionPoint } from '@slipway/backstage-plugin-scaling-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { scalingPlugin } from '../plugin';
import { TestProvider } from './TestProvider';

const entities: Entity[] = [
  ...['checkout', 'ledger', 'search'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, title: name },
    spec: {},
    relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
  })),
  ...['development', 'staging', 'production'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name },
    spec: { type: 'environment', tier: name, runtime: 'test' },
  })),
];

/** Starts the real plugin on a database, with a provider that tests steer. */
export async function startScaling(
  knex: Knex,
  permissions: BackendFeature,
  others: BackendFeature[] = [],
) {
  const provider = new TestProvider();
  const scheduler = mockServices.scheduler();
  const backend = await startTestBackend({
    features: [
      scalingPlugin,
      createBackendModule({
        pluginId: 'scaling',
        moduleId: 'test',
        register: env =>
          env.registerInit({
            deps: { providers: scalingProvidersExtensionPoint },
            init: async ({ providers }) => providers.addProvider(provider),
          }),
      }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      catalogServiceMock.factory({ entities }),
      permissions,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      ...others,
    ],
  });
  const { server } = backend;
  const path = (to: string) => `/api/scaling${to}`;
  return {
    provider,
    server,
    /** Observes now, as the plugin does every half minute. */
    look: () => scheduler.triggerTask('scaling-observe'),
    /** Looks at the load now, as the plugin does every 15 seconds. */
    follow: () => scheduler.triggerTask('scaling-follow-policies'),
    stop: () => backend.stop(),
    get: (to: string, user?: string) =>
      request(server)
        .get(path(to))
        .set('Authorization', mockCredentials.user.header(user)),
    post: (to: string, body: object, headers: Record<string, string> = {}) =>
      request(server)
        .post(path(to))
        .set('Authorization', mockCredentials.user.header())
        .set(headers)
        .send(body),
  };
}
