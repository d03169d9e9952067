import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type MockDirectory,
} from '@backstage/backend-test-utils';
import { targetPaths } from '@backstage/cli-common';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import catalogModuleScaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import catalogModuleSlipwayRepositories from '@slipway/backstage-plugin-catalog-backend-module-slipway-repositories';
import scaffolderModuleSlipway from '../index';
import { DeliveryStandIn } from './DeliveryStandIn';
import { scalingStandIn } from './scalingStandIn';

interface TaskEvent {
  type: string;
  body: { message: string; status?: string; output?: TaskOutput };
}

interface TaskOutput {
  links?: Array<{ title: string; url?: string; entityRef?: string }>;
}

/** The real catalog and the real scaffolder with this repository's templates; only the APIs of delivery and scaling are stand-ins. */
export async function startPortal(mock: MockDirectory) {
  mock.addContent({ work: {} });
  const standIn = new DeliveryStandIn();
  const scaling = scalingStandIn();
  let catalog: CatalogService | undefined;
  const catalogProbe = createBackendPlugin({
    pluginId: 'probe',
    register: env =>
      env.registerInit({
        deps: { service: catalogServiceRef },
        init: async ({ service }) => {
          catalog = service;
        },
      }),
  });
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example.com' },
          backend: { workingDirectory: mock.resolve('work') },
          catalog: {
            rules: [{ allow: ['Component', 'Location'] }],
            locations: [
              {
                type: 'file',
                target: targetPaths.resolveRoot('templates/all.yaml'),
                rules: [{ allow: ['Template'] }],
              },
            ],
          },
          slipway: {
            repositories: {
              directory: mock.resolve('repositories'),
              artifactsDirectory: mock.resolve('artifacts'),
            },
          },
        },
      }),
      catalogPlugin,
      catalogModuleScaffolderEntityModel,
      scaffolderPlugin,
      catalogModuleSlipwayRepositories,
      scaffolderModuleSlipway,
      standIn.plugin,
      scaling.plugin,
      catalogProbe,
    ],
  });

  async function call<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(
      `http://localhost:${backend.server.port()}/api/${path}`,
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: mockCredentials.user.header(),
          'content-type': 'application/json',
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    );
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  }

  async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await ask().catch(() => undefined);
      if (answer) return answer;
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    throw new Error('It did not happen within 40 s');
  }

  if (!catalog) throw new Error('The catalog service was not captured');
  return {
    backend,
    standIn,
    scaling,
    catalog,
    call,
    until,
    /** Runs a template as its form would, to its end. */
    async runTemplate(name: string, values: Record<string, unknown>) {
      const templateRef = `template:default/${name}`;
      await until(() =>
        call(`catalog/entities/by-name/template/default/${name}`),
      );
      const { id } = await call<{ id: string }>('scaffolder/v2/tasks', {
        templateRef,
        values,
      });
      const status = await until(async () => {
        const task = await call<{ status: string }>(
          `scaffolder/v2/tasks/${id}`,
        );
        return ['open', 'processing'].includes(task.status)
          ? undefined
          : task.status;
      });
      const events = await call<TaskEvent[]>(
        `scaffolder/v2/tasks/${id}/events`,
      );
      return {
        status,
        log: events.map(({ body }) => body.message).join('\n'),
        output:
          events.find(({ type }) => type === 'completion')?.body.output ?? {},
      };
    },
  };
}
