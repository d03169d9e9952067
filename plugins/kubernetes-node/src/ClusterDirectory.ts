import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ClusterClient } from './ClusterClient';
import { ClusterResponseError } from './ClusterResponseError';

// The proxy replaces this backend's token by the cluster's credentials. Where there are none, the token would go on.
const anonymous = 'localKubectlProxy';

interface ListedCluster {
  name: string;
  authProvider?: string;
}

// These want the token of a person at a browser, and nobody is there while a rollout goes on.
const personal = ['aks', 'google', 'oidc', 'pinniped'];

/**
 * The clusters of the Kubernetes plugin, reached through it: which clusters there are, how each is authenticated to and
 * whom it trusts is said in one place.
 *
 * @public
 */
export class ClusterDirectory {
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
    },
  ) {}

  /** Throws `InputError` when the cluster cannot be used by this name. */
  async check(name: string, signal: AbortSignal): Promise<void> {
    const { baseUrl, token } = await this.#plugin();
    const response = await fetch(`${baseUrl}/clusters`, {
      headers: { authorization: `Bearer ${token}` },
      signal,
    });
    if (response.status === 404)
      throw new InputError(
        `spec.target.cluster: the portal knows no clusters; install @backstage/plugin-kubernetes-backend and add '${name}' under kubernetes.clusterLocatorMethods`,
      );
    if (!response.ok)
      throw ClusterResponseError.fromBody(
        response.status,
        await response.text(),
      );
    const { items } = (await response.json()) as { items: ListedCluster[] };
    const named = items.filter(cluster => cluster.name === name);
    if (named.length === 0)
      throw new InputError(
        `spec.target.cluster: there is no cluster '${name}' under kubernetes.clusterLocatorMethods; ${items.length ? `there are ${[...new Set(items.map(cluster => cluster.name))].join(', ')}` : 'there is none at all'}`,
      );
    if (named.length > 1)
      throw new InputError(
        `spec.target.cluster: ${named.length} clusters are called '${name}' under kubernetes.clusterLocatorMethods, and nobody can tell which is meant; give each a name of its own`,
      );
    const [{ authProvider }] = named;
    if (authProvider === anonymous)
      throw new InputError(
        `spec.target.cluster: '${name}' is reached without credentials (authProvider ${anonymous}), which is for trials of the Kubernetes tab; give the cluster an authProvider of the server's own, such as serviceAccount`,
      );
    if (authProvider && personal.includes(authProvider))
      throw new InputError(
        `spec.target.cluster: '${name}' is signed in to with the token of a person (authProvider ${authProvider}), and a rollout goes on when nobody is there; give the cluster an authProvider of the server's own, such as serviceAccount`,
      );
  }

  async connect(cluster: string, signal: AbortSignal): Promise<ClusterClient> {
    const { baseUrl, token } = await this.#plugin();
    return new ClusterClient({
      proxyUrl: `${baseUrl}/proxy`,
      cluster,
      token,
      signal,
    });
  }

  async #plugin(): Promise<{ baseUrl: string; token: string }> {
    const { auth, discovery } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    return { baseUrl: await discovery.getBaseUrl('kubernetes'), token };
  }
}
