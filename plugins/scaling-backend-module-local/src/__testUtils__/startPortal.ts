import {
  type BackendFeature,
  coreServices,
  createBackendModule,
  createServiceFactory,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// An installation puts the plugins and their modules together; so does the test of a policy that is really followed.
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import deliveryPlugin from '@slipway/backstage-plugin-delivery-backend';
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import deliveryModuleLocal from '@slipway/backstage-plugin-delivery-backend-module-local';
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import scalingPlugin from '@slipway/backstage-plugin-scaling-backend';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scalingModuleLocal } from '../module';

const firstPort = 39_000;

const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'shop' },
    spec: { type: 'service', owner: 'team', lifecycle: 'production' },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'development' },
    spec: {
      type: 'environment',
      owner: 'team',
      tier: 'development',
      order: 1,
      runtime: 'local',
    },
  },
];

/** The real plugins with the embedded runtime, on which software of one file runs as real processes. */
export async function startPortal(software: string) {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-scaling-'));
  const artifacts = join(directory, 'artifacts');
  mkdirSync(join(artifacts, 'shop'), { recursive: true });
  writeFileSync(join(artifacts, 'shop', 'server.js'), software);
  const scheduler = mockServices.scheduler();
  const databases: DatabaseService[] = [];
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      deliveryModuleLocal,
      scalingPlugin,
      scalingModuleLocal,
      ...['delivery', 'scaling'].map(pluginId =>
        databaseProbe(pluginId, service => databases.push(service)),
      ),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      catalogServiceMock.factory({ entities }),
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
          },
        },
      }),
    ],
  });

  async function ask<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api${path}`,
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
    /** As the scaling plugin does every half minute. */
    look: () => scheduler.triggerTask('scaling-observe'),
    /** As the scaling plugin does every 15 seconds. */
    follow: () => scheduler.triggerTask('scaling-follow-policies'),
    /** As delivery does every ten seconds. */
    observe: () => scheduler.triggerTask('delivery-observe-deployments'),
    async stop(): Promise<void> {
      await backend.stop();
      // Backstage leaves SQLite open, and the timers of its pools would keep the tests' process from ending.
      for (const database of databases)
        await (await database.getClient()).destroy();
      // The runtime's agent ends all that it runs, a second after its backend, and writes that down last.
      const state = join(directory, 'data', 'state.json');
      while (JSON.parse(readFileSync(state, 'utf8')).processes.length)
        await pause(100);
      rmSync(directory, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}

function databaseProbe(
  pluginId: string,
  onDatabase: (service: DatabaseService) => void,
): BackendFeature {
  return createBackendModule({
    pluginId,
    moduleId: 'database-probe',
    register: env =>
      env.registerInit({
        deps: { service: coreServices.database },
        init: async ({ service }) => onDatabase(service),
      }),
  });
}
