import {
  type AuthService,
  type DiscoveryService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { type ChildProcess, fork } from 'node:child_process';

/** The real Kubernetes plugin in a process of its own. It ends with this process. */
export class KubernetesPlugin {
  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {}

  /** Each list of clusters is a locator of its own, of type `config`. */
  static async start(...locators: JsonObject[][]): Promise<KubernetesPlugin> {
    const child = fork(program(), {
      // Of Node about the missing module type of this package, and of a dependency.
      execArgv: [
        '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
        '--disable-warning=DEP0060',
      ],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', message =>
        resolve((message as { port: number }).port),
      );
      child.once('error', reject);
      child.once('exit', code =>
        reject(new Error(`The Kubernetes plugin ended with ${code}`)),
      );
      child.send({
        serviceLocatorMethod: { type: 'multiTenant' },
        clusterLocatorMethods: locators.map(clusters => ({
          type: 'config',
          clusters,
        })),
      });
    });
    return new KubernetesPlugin(child, port);
  }

  get baseUrl(): string {
    return `http://localhost:${this.port}`;
  }

  /** What another plugin of the same backend needs to call this one. */
  services(pluginId: string): {
    auth: AuthService;
    discovery: DiscoveryService;
  } {
    const address = async (plugin: string) => `${this.baseUrl}/api/${plugin}`;
    return {
      auth: mockServices.auth({ pluginId }),
      discovery: { getBaseUrl: address, getExternalBaseUrl: address },
    };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise(resolve => {
      this.child.once('exit', resolve);
    });
    this.child.disconnect();
    await ended;
  }
}

function program(): string {
  return resolvePackagePath(
    '@slipway/kubernetes-testing',
    'src/kubernetesPluginProcess.ts',
  );
}
