import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// An installation puts the plugin and this module together; so does the test of a whole rollout.
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import deliveryPlugin from '@slipway/backstage-plugin-delivery-backend';
import type {
  Rollout,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type { KubernetesPlugin } from '@slipway/kubernetes-testing';
import { deliveryModuleArgoRollouts } from '../module';
import { pause } from './target';

const componentRef = 'component:default/shop';
let releases = 0;

const later = Symbol('later');

/** The real delivery plugin with its engine and this module, for the component `shop` in one environment. */
export async function startDelivery(
  kubernetes: KubernetesPlugin,
  namespace: string,
) {
  let database: DatabaseService | undefined;
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      deliveryModuleArgoRollouts,
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
      catalogServiceMock.factory({ entities: entities(namespace) }),
      mockServices.rootConfig.factory({
        data: { delivery: { kubernetes: { allowTags: true } } },
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

  async function until(
    id: string,
    holds: (rollout: Rollout) => boolean,
  ): Promise<Rollout> {
    const end = Date.now() + 180_000;
    for (;;) {
      const rollout = await ask<Rollout>(`/rollouts/${id}`);
      if (holds(rollout)) return rollout;
      if (rollout.finishedAt || Date.now() > end)
        throw new Error(`It stands at ${JSON.stringify(rollout, null, 1)}`);
      await pause(200);
    }
  }

  return {
    /** Records a release of `demo-web` and starts its rollout; answers its id. */
    async start(
      version: 1 | 2,
      strategy: Strategy,
      values: Record<string, string> = {},
    ): Promise<string> {
      const release = await ask<{ id: string }>('/releases', {
        componentRef,
        version: `${version}.0.${(releases += 1)}`,
        artifact: { kind: 'image', spec: { image: `demo-web:${version}` } },
        configuration: { values },
        health: { readiness: { path: '/healthz', timeoutSeconds: 10 } },
      });
      const { id } = await ask<Rollout>('/rollouts', {
        componentRef,
        environmentRef: 'resource:default/production',
        releaseId: release.id,
        strategy,
        replicas: 2,
        progressDeadlineSeconds: values.HEALTH ? 15 : 150,
      });
      return id;
    },
    ask,
    until,
    end: (id: string) =>
      until(id, ({ finishedAt }) => finishedAt !== undefined),
    async stop(): Promise<void> {
      await backend.stop();
      // Backstage leaves SQLite open, and the timer of its pool would keep the tests' process from ending.
      const knex = await database?.getClient();
      await knex?.destroy();
    },
  };
}

function entities(namespace: string) {
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'shop' },
      spec: { type: 'service', owner: 'team', lifecycle: 'production' },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: { name: 'production' },
      spec: {
        type: 'environment',
        owner: 'team',
        tier: 'production',
        order: 1,
        runtime: 'argo-rollouts',
        target: { cluster: 'test', namespace },
      },
    },
  ];
}
