import {
  coreServices,
  createBackendModule,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
// An installation puts the plugin and this module together; so do the tests of whole rollouts.
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import deliveryPlugin from '@slipway/backstage-plugin-delivery-backend';
import type {
  CreateReleaseRequest,
  Observation,
  Rollout,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateFile } from '../agent/StateFile';
import { AgentClient } from '../client/AgentClient';
import { AgentProcess } from '../client/AgentProcess';
import { deliveryModuleLocal } from '../module';
import { readSettings } from '../settings';

const environment = 'resource:default/production';

/** The real delivery plugin with its engine, and the real embedded runtime with an agent of its own. */
export async function startPortal(options: {
  /** Names of components that can be rolled out. */
  components: string[];
  /** Of `delivery.local`. */
  local?: JsonObject;
  /** The first of a thousand ports that addresses come from. */
  firstPort: number;
}) {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-portal-'));
  const root = join(directory, 'artifacts');
  mkdirSync(root);
  const data = {
    delivery: {
      local: {
        dataDirectory: join(directory, 'data'),
        artifactRoots: [root],
        portRange: { from: options.firstPort, to: options.firstPort + 999 },
        terminationGraceSeconds: 2,
        reloadSeconds: 1,
        ...options.local,
      },
    },
  };
  let database: DatabaseService | undefined;
  const databaseProbe = createBackendModule({
    pluginId: 'delivery',
    moduleId: 'database-probe',
    register: env =>
      env.registerInit({
        deps: { service: coreServices.database },
        init: async ({ service }) => {
          database = service;
        },
      }),
  });
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      deliveryModuleLocal,
      databaseProbe,
      catalogServiceMock.factory({ entities: entities(options.components) }),
      mockServices.rootConfig.factory({ data }),
    ],
  });

  async function ask(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const url = `http://127.0.0.1:${backend.server.port()}/api/delivery${path}`;
    const response = await fetch(url, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return { status: response.status, body: await response.json() };
  }

  async function created<T>(path: string, body: unknown): Promise<T> {
    const answer = await ask('POST', path, body);
    if (answer.status !== 201)
      throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  async function ended(id: string, seconds = 90): Promise<Rollout> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const rollout = (await ask('GET', `/rollouts/${id}`)).body as Rollout;
      if (rollout.finishedAt) return rollout;
      if (Date.now() > deadline)
        throw new Error(`It stands at ${rollout.phase}: ${rollout.message}`);
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
    }
  }

  return {
    root,
    baseUrl: `http://127.0.0.1:${backend.server.port()}/api/delivery`,
    ask,
    ended,
    /** Answers the release's id. */
    async release(
      component: string,
      request: Omit<CreateReleaseRequest, 'componentRef'>,
    ): Promise<string> {
      const { id } = await created<{ id: string }>('/releases', {
        componentRef: `component:default/${component}`,
        ...request,
      });
      return id;
    },
    /** Carries a rollout through to its end. */
    async rollOut(
      component: string,
      releaseId: string,
      extra: { strategy?: Strategy; replicas?: number } = {},
    ): Promise<Rollout> {
      const { id } = await created<Rollout>('/rollouts', {
        componentRef: `component:default/${component}`,
        environmentRef: environment,
        releaseId,
        ...extra,
      });
      return ended(id);
    },
    async rollBack(component: string): Promise<Rollout> {
      const { id } = await created<Rollout>('/rollbacks', {
        componentRef: `component:default/${component}`,
        environmentRef: environment,
      });
      return ended(id);
    },
    async stop(): Promise<void> {
      const { agent } = readSettings(mockServices.rootConfig({ data }));
      const client = new AgentClient(agent.socketPath, new AgentProcess(agent));
      const hello = await client.hello();
      await backend.stop();
      // Backstage leaves SQLite open, and the timer of its pool would keep the tests' process from ending.
      const knex = await database?.getClient();
      await knex?.destroy();
      if (hello) await endAgent(hello.pid);
      const { processes } = new StateFile(
        join(agent.dataDirectory, 'state.json'),
      ).read();
      rmSync(directory, { recursive: true, force: true });
      if (processes.length)
        throw new Error(`Left running: ${JSON.stringify(processes)}`);
    },
  };
}

/** The address of what a rollout has brought about. */
export function addressOf({ observation }: { observation?: Observation }) {
  if (!observation?.address) throw new Error('It has no address');
  return observation.address;
}

async function endAgent(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM');
  for (const end = Date.now() + 30_000; ;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    if (Date.now() > end) throw new Error(`The agent ${pid} does not end`);
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
}

function entities(components: string[]): Entity[] {
  return [
    ...components.map(name => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
      spec: { type: 'service', owner: 'team', lifecycle: 'production' },
    })),
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: { name: 'production' },
      spec: {
        type: 'environment',
        owner: 'team',
        tier: 'production',
        order: 1,
        runtime: 'local',
      },
    },
  ];
}
