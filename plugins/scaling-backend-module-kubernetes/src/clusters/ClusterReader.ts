import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';

/** Where in Kubernetes an environment lies. */
export interface Place {
  /** A cluster's name as under `kubernetes.clusterLocatorMethods`. */
  cluster: string;
  namespace: string;
}

const notThere = 'The cluster has no such kind';

/** Reads lists of objects from clusters, through the Kubernetes plugin's proxy and with its credentials. */
export class ClusterReader {
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
    },
  ) {}

  /**
   * All objects of a kind in a namespace. Throws an `Error` in words that people can act upon.
   */
  async list<T>(
    { cluster, namespace }: Place,
    kind: { api: string; plural: string },
    signal: AbortSignal,
  ): Promise<T[]> {
    const { auth, discovery } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    const baseUrl = await discovery.getBaseUrl('kubernetes');
    const response = await fetch(
      `${baseUrl}/proxy/${kind.api}/namespaces/${encodeURIComponent(namespace)}/${kind.plural}`,
      {
        headers: {
          Authorization: `Bearer ${token}`,
          'Backstage-Kubernetes-Cluster': cluster,
        },
        signal,
      },
    );
    if (response.ok) {
      const { items } = (await response.json()) as { items: T[] };
      return items;
    }
    throw new Error(
      inWords(response.status, await response.text(), { cluster, namespace }),
    );
  }

  /** The same for a kind that clusters may not have: then there is none of it. */
  async listOptional<T>(
    place: Place,
    kind: { api: string; plural: string },
    signal: AbortSignal,
  ): Promise<T[]> {
    return this.list<T>(place, kind, signal).catch(error => {
      if (error instanceof Error && error.message === notThere) return [];
      throw error;
    });
  }
}

function inWords(
  status: number,
  body: string,
  { cluster, namespace }: Place,
): string {
  const answer = parse(body);
  const isKubernetes = answer.kind === 'Status';
  const message =
    answer.message ?? answer.error?.message ?? `it answers with ${status}`;
  // Of a group of kinds that it lacks an API server says so in plain text; the Kubernetes plugin has an error body.
  if (status === 404 && !isKubernetes && !answer.error) return notThere;
  if (!isKubernetes)
    return status === 404
      ? `The portal does not know cluster '${cluster}': ${message}. Name one that is under kubernetes.clusterLocatorMethods in spec.target.cluster`
      : `Cluster '${cluster}' does not answer: ${message}`;
  if (status === 401)
    return `Cluster '${cluster}' refuses the portal's credentials: they have expired or are wrong. Give it a new token where it is listed under kubernetes.clusterLocatorMethods`;
  if (status === 403)
    return `Cluster '${cluster}' does not let Slipway look at namespace '${namespace}': ${message}. Bind the role of rbac.yaml to the portal's service account there`;
  return status === 404 ? notThere : `Cluster '${cluster}': ${message}`;
}

function parse(body: string): {
  kind?: string;
  message?: string;
  error?: { message?: string };
} {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    // A proxy on the way may answer with a page.
    return {};
  }
}
