// A backend with the delivery plugin and this module, started by kubernetes.ts so that its memory and processor time are
// its own.
import {
  createServiceFactory,
  coreServices,
} from '@backstage/backend-plugin-api';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// An installation puts the plugin and this module together.
// eslint-disable-next-line no-restricted-imports, @backstage/no-mixed-plugin-imports
import deliveryPlugin from '@slipway/backstage-plugin-delivery-backend';
import { deliveryModuleKubernetes } from '../src/module';

/** What it is told first. */
export interface BackendOptions {
  /** Where the Kubernetes plugin is. */
  kubernetes: string;
  namespace: string;
  components: string[];
  watch: boolean;
}

/** What it answers: first its port, then its use whenever it is asked. */
export interface BackendAnswer {
  port?: number;
  use?: { cpuMs: number; rssMiB: number; heapMiB: number };
}

process.on('disconnect', () => process.exit());
process.once('message', async (options: BackendOptions) => {
  const address = async (plugin: string) =>
    `${options.kubernetes}/api/${plugin}`;
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      deliveryModuleKubernetes,
      // That of tests runs each task once.
      schedulerServiceFactory,
      createServiceFactory({
        service: coreServices.discovery,
        deps: {},
        factory: () => ({ getBaseUrl: address, getExternalBaseUrl: address }),
      }),
      catalogServiceMock.factory({ entities: entities(options) }),
      mockServices.rootConfig.factory({
        data: {
          delivery: {
            kubernetes: {
              allowTags: true,
              drainSeconds: 0,
              watch: options.watch,
            },
          },
        },
      }),
    ],
  });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const { heapUsed, rss } = process.memoryUsage();
    answer({
      use: {
        cpuMs: (user + system) / 1000,
        rssMiB: rss / 2 ** 20,
        heapMiB: heapUsed / 2 ** 20,
      },
    });
  });
  answer({ port: backend.server.port() });
});

function answer(said: BackendAnswer): void {
  process.send?.(said);
}

function entities({ components, namespace }: BackendOptions) {
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
        runtime: 'kubernetes',
        target: { cluster: 'test', namespace },
      },
    },
  ];
}
