import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// An installation puts the plugin and its modules together; so does the test of whole rollouts.
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import deliveryPlugin from '@slipway/backstage-plugin-delivery-backend';
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import deliveryModuleLocal from '@slipway/backstage-plugin-delivery-backend-module-local';
import type {
  Rollout,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliveryModulePrometheus } from '../module';
import type { Prometheus } from '@slipway/prometheus-testing';
import { software } from './software';

const firstPort = 38_000;

/** The real delivery plugin with the embedded runtime and this module. */
export async function startPortal(options: {
  prometheus: Prometheus;
  components: string[];
  /** YAML documents of pipelines. */
  pipelines: string;
}) {
  const { components, pipelines, prometheus } = options;
  const directory = mkdtempSync(join(tmpdir(), 'slipway-portal-'));
  const artifacts = join(directory, 'artifacts');
  mkdirSync(artifacts);
  const pipelinesFile = join(directory, 'pipelines.yaml');
  writeFileSync(pipelinesFile, pipelines);
  const scheduler = mockServices.scheduler();
  let database: DatabaseService | undefined;
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      deliveryModuleLocal,
      deliveryModulePrometheus,
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
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      catalogServiceMock.factory({ entities: entities(components) }),
      mockServices.rootConfig.factory({
        data: {
          delivery: {
            local: {
              dataDirectory: join(directory, 'data'),
              artifactRoots: [artifacts],
              portRange: { from: firstPort, to: firstPort + 999 },
              terminationGraceSeconds: 2,
              reloadSeconds: 1,
            },
            prometheus: { servers: [prometheus.entry] },
            pipelines: {
              locations: [{ type: 'file', target: pipelinesFile }],
            },
          },
        },
      }),
    ],
  });

  await scheduler.triggerTask('delivery-load-documents');

  async function ask<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api/delivery${path}`,
      body && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      },
    );
    const answer = await response.json();
    if (!response.ok)
      throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
    return answer as T;
  }

  return {
    ask,
    port: backend.server.port(),
    /** Records a release of the software with metrics; answers its id. */
    async release(
      component: string,
      version: string,
      faults: { failPercent?: number; slowerMs?: number } = {},
    ): Promise<string> {
      const path = `${component}-${version}`;
      mkdirSync(join(artifacts, path));
      writeFileSync(
        join(artifacts, path, 'server.js'),
        software({
          targets: prometheus.targets,
          component,
          version,
          ...faults,
        }),
      );
      const { id } = await ask<{ id: string }>('/releases', {
        componentRef: `component:default/${component}`,
        version,
        artifact: {
          kind: 'directory',
          spec: { path, command: ['node', 'server.js'] },
        },
        health: { readiness: { path: '/healthz', periodSeconds: 0.5 } },
      });
      return id;
    },
    begin(
      component: string,
      releaseId: string,
      more: { strategy?: Strategy; environment?: string } = {},
    ): Promise<Rollout> {
      const { environment = 'production', strategy } = more;
      return ask<Rollout>('/rollouts', {
        componentRef: `component:default/${component}`,
        environmentRef: `resource:default/${environment}`,
        releaseId,
        replicas: 1,
        ...(strategy && { strategy }),
      });
    },
    async until(
      { id }: Rollout,
      holds: (rollout: Rollout) => boolean,
    ): Promise<Rollout> {
      const deadline = Date.now() + 90_000;
      for (;;) {
        const rollout = await ask<Rollout>(`/rollouts/${id}`);
        if (holds(rollout)) return rollout;
        if (rollout.finishedAt || Date.now() > deadline)
          throw new Error(`It stands at ${JSON.stringify(rollout, null, 1)}`);
        await pause(100);
      }
    },
    async stop(): Promise<void> {
      await backend.stop();
      // Backstage leaves SQLite open, and the timer of its pool would keep the tests' process from ending.
      const knex = await database?.getClient();
      await knex?.destroy();
      // The runtime's agent ends all that it runs, a second after its backend, and writes that down last.
      const state = join(directory, 'data', 'state.json');
      while (JSON.parse(readFileSync(state, 'utf8')).processes.length)
        await pause(100);
      rmSync(directory, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

export const ended = ({ finishedAt }: Rollout) => finishedAt !== undefined;

function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}

function entities(components: string[]) {
  return [
    ...components.map(name => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
      spec: { type: 'service', owner: 'team', lifecycle: 'production' },
    })),
    ...['staging', 'production'].map((name, index) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: { name },
      spec: {
        type: 'environment',
        owner: 'team',
        tier: name,
        order: index + 1,
        runtime: 'local',
      },
    })),
  ];
}
