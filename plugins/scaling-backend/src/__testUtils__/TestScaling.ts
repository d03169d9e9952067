import {
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
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import {
  scalingProvidersExtensionPoint,
  type UsageSource,
  usageSourcesExtensionPoint,
} from '@slipway/backstage-plugin-scaling-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { scalingPlugin } from '../plugin';
import { TestProvider } from './TestProvider';

/** The plugin in a backend of its own, with a provider that shows what a test says. */
export class TestScaling {
  readonly provider = new TestProvider();
  /** Whether permissions are given. */
  allowed = true;
  readonly #scheduler = mockServices.scheduler();
  #backend?: Awaited<ReturnType<typeof startTestBackend>>;

  static async start(options: {
    knex: Knex;
    entities: Entity[];
    config?: JsonObject;
    usage?: UsageSource;
  }): Promise<TestScaling> {
    const scaling = new TestScaling();
    const { provider } = scaling;
    scaling.#backend = await startTestBackend({
      features: [
        scalingPlugin,
        createBackendModule({
          pluginId: 'scaling',
          moduleId: 'test',
          register: env =>
            env.registerInit({
              deps: {
                providers: scalingProvidersExtensionPoint,
                usage: usageSourcesExtensionPoint,
              },
              init: async ({ providers, usage }) => {
                providers.addProvider(provider);
                if (options.usage) usage.addSource(options.usage);
              },
            }),
        }),
        mockServices.rootConfig.factory({ data: options.config ?? {} }),
        mockServices.database.mock({ getClient: async () => options.knex })
          .factory,
        catalogServiceMock.factory({ entities: options.entities }),
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(() => ({
              result: scaling.allowed
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
            })),
          authorizeConditional: async requests =>
            requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        }).factory,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scaling.#scheduler,
        }),
      ],
    });
    return scaling;
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
  }

  /** Looks at all environments now. */
  look(): Promise<void> {
    return this.#scheduler.triggerTask('scaling-observe');
  }

  purge(): Promise<void> {
    return this.#scheduler.triggerTask('scaling-purge');
  }

  get(path: string) {
    return request(this.#backend!.server)
      .get(`/api/scaling${path}`)
      .set('Authorization', mockCredentials.user.header());
  }

  post(path: string, body: object) {
    return request(this.#backend!.server)
      .post(`/api/scaling${path}`)
      .set('Authorization', mockCredentials.user.header())
      .send(body);
  }
}
