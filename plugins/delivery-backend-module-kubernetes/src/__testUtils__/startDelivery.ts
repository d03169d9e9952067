import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// An installation puts the plugin and this module together; so does the test of a whole rollout.
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import deliveryPlugin from '@slipway/backstage-plugin-delivery-backend';
import type {
  Rollout,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type { KubernetesPlugin } from '@slipway/kubernetes-testing';
import { deliveryModuleKubernetes } from '../module';
import { pause } from './target';

const later = Symbol('later');

/** The real delivery plugin with its engine and this module, for the component `shop` in some environments. */
export async function startDelivery(
  kubernetes: KubernetesPlugin,
  namespace: string,
  /** Of the environments, by name. */
  clusters: Record<string, string> = { production: 'test' },
  config: JsonObject = {},
) {
  let database: DatabaseService | undefined;
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      deliveryModuleKubernetes,
      createBackendModule({
        pluginId: 'delivery',
        moduleId: 'database-probe',
        register: env =>
          env.registerInit({
            deps: { service: coreServices.database },
            init: async ({ service }) => {
              database = service;
            },
          }),
      }),
      // In an installation both plugins are in one backend.
      createServiceFactory({
        service: coreServices.discovery,
        deps: {},
        factory: () =>
          mockServices.discovery.mock({
            getBaseUrl: async plugin => `${kubernetes.baseUrl}/api/${plugin}`,
          }),
      }),
      catalogServiceMock.factory({
        entities: entities(namespace, clusters),
      }),
      mockServices.rootConfig.factory({
        data: { delivery: { kubernetes: { allowTags: true } }, ...config },
      }),
    ],
  });

  /** A busy machine may be asked to try again later; the second try finds nothing begun. */
  async function ask<T>(path: string, body?: object): Promise<T> {
    const answer = await askOnce<T>(path, body);
    if (answer !== later) return answer;
    const second = await askOnce<T>(path, body);
    if (second === later) throw new Error(`${path} answers 503 twice`);
    return second;
  }

  async function askOnce<T>(
    path: string,
    body?: object,
  ): Promise<T | typeof later> {
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api/delivery${path}`,
      body && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      },
    );
    const answer = await response.json();
    if (response.status === 503) return later;
    if (!response.ok)
      throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
    return answer as T;
  }

  /** Records a release of `demo-web` and begins its rollout. */
  async function begin(
    version: 1 | 2,
    strategy: Strategy,
    {
      environment = 'production',
      values = {},
      postCommand,
    }: {
      environment?: string;
      values?: Record<string, string>;
      postCommand?: string[];
    } = {},
  ): Promise<string> {
    const componentRef = 'component:default/shop';
    const release = await ask<{ id: string }>('/releases', {
      componentRef,
      version: `${version}.0.0${values.HEALTH ? '-sick' : ''}${postCommand ? '-checked' : ''}-${environment}`,
      artifact: {
        kind: 'image',
        spec: {
          image: `demo-web:${version}`,
          ...(postCommand && { postCommand }),
        },
      },
      configuration: { values },
      health: { readiness: { path: '/healthz', timeoutSeconds: 10 } },
    });
    const { id } = await ask<Rollout>('/rollouts', {
      componentRef,
      environmentRef: `resource:default/${environment}`,
      releaseId: release.id,
      strategy,
      replicas: 2,
      progressDeadlineSeconds: values.HEALTH ? 10 : 120,
    });
    return id;
  }

  async function end(id: string): Promise<Rollout> {
    for (;;) {
      const rollout = await ask<Rollout>(`/rollouts/${id}`);
      if (rollout.finishedAt) return rollout;
      await pause(200);
    }
  }

  return {
    ask,
    begin,
    end,
    /** The circuit breakers of the engine, by target. */
    async breakers(): Promise<Array<{ target: string; breaker: string }>> {
      const knex = await database?.getClient();
      return knex
        ? knex('engine_targets').select({ target: 'name' }, 'breaker')
        : [];
    },
    /** Carries the rollout of a new release through to its end. */
    async rollOut(
      version: 1 | 2,
      strategy: Strategy,
      values: Record<string, string> = {},
    ): Promise<Rollout> {
      return end(await begin(version, strategy, { values }));
    },
    async stop(): Promise<void> {
      await backend.stop();
      // Backstage leaves SQLite open, and the timer of its pool would keep the tests' process from ending.
      const knex = await database?.getClient();
      await knex?.destroy();
    },
  };
}

function entities(namespace: string, clusters: Record<string, string>) {
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'shop',
        annotations: {
          'backstage.io/managed-by-location': 'slipway-repository:shop',
        },
      },
      spec: { type: 'service', owner: 'team', lifecycle: 'production' },
    },
    ...Object.entries(clusters).map(([name, cluster]) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: { name },
      spec: {
        type: 'environment',
        owner: 'team',
        tier: 'production',
        order: 1,
        runtime: 'kubernetes',
        target: { cluster, namespace },
      },
    })),
  ];
}
