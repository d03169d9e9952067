import {
  AppsV1Api,
  AutoscalingV1Api,
  BatchV1Api,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  ServerConfiguration,
} from '@kubernetes/client-node';
import { ClusterResponseError } from './ClusterResponseError';

/** The API of one cluster, for the time of one call. What is no success is a `ClusterResponseError`. @public */
export class ClusterClient {
  readonly apps: AppsV1Api;
  readonly autoscaling: AutoscalingV1Api;
  readonly batch: BatchV1Api;
  readonly core: CoreV1Api;
  readonly custom: CustomObjectsApi;

  constructor(
    private readonly options: {
      /** Where the Kubernetes plugin forwards requests to clusters. */
      proxyUrl: string;
      cluster: string;
      /** Of this backend, for the Kubernetes plugin; the cluster never sees it. */
      token: string;
      signal: AbortSignal;
    },
  ) {
    const configuration = createConfiguration({
      baseServer: new ServerConfiguration(options.proxyUrl, {}),
      promiseMiddleware: [
        {
          async pre(request) {
            request.setHeaderParam('Authorization', `Bearer ${options.token}`);
            request.setHeaderParam(
              'Backstage-Kubernetes-Cluster',
              options.cluster,
            );
            request.setSignal(options.signal);
            return request;
          },
          async post(response) {
            if (response.httpStatusCode >= 400)
              throw ClusterResponseError.fromBody(
                response.httpStatusCode,
                await response.body.text(),
              );
            return response;
          },
        },
      ],
    });
    this.apps = new AppsV1Api(configuration);
    this.autoscaling = new AutoscalingV1Api(configuration);
    this.batch = new BatchV1Api(configuration);
    this.core = new CoreV1Api(configuration);
    this.custom = new CustomObjectsApi(configuration);
  }

  /** What a path such as `apis/apps/v1/namespaces/shop/deployments` answers, as the API server sends it in JSON. */
  async get<T>(path: string): Promise<T> {
    const response = await this.#fetch(path);
    return (await response.json()) as T;
  }

  /** Sends an object, and answers what comes back. The path may hold a query. */
  async send<T>(
    method: 'PATCH' | 'DELETE',
    path: string,
    options: { body: object; contentType?: string },
  ): Promise<T> {
    const { body, contentType = 'application/json' } = options;
    const response = await this.#fetch(
      path,
      { 'Content-Type': contentType },
      { method, body: JSON.stringify(body) },
    );
    return (await response.json()) as T;
  }

  /** What a path answers that goes on: its bytes as they come. */
  async stream(path: string): Promise<ReadableStream<Uint8Array>> {
    // A backend that compresses its answers would keep what comes until there is enough of it.
    const { body } = await this.#fetch(path, { 'Accept-Encoding': 'identity' });
    if (!body) throw new Error('The answer is empty');
    return body;
  }

  async #fetch(
    path: string,
    headers: Record<string, string> = {},
    request: Pick<RequestInit, 'body' | 'method'> = {},
  ): Promise<Response> {
    const { cluster, proxyUrl, signal, token } = this.options;
    const response = await fetch(`${proxyUrl}/${path}`, {
      ...request,
      headers: {
        ...headers,
        Authorization: `Bearer ${token}`,
        'Backstage-Kubernetes-Cluster': cluster,
      },
      signal,
    });
    if (!response.ok)
      throw ClusterResponseError.fromBody(
        response.status,
        await response.text(),
      );
    return response;
  }
}
