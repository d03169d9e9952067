import { ResponseError } from '@backstage/errors';
import createClient from 'openapi-fetch';
import type { paths } from '../generated/openapi.generated';
import type {
  ApplyPolicyRequest,
  EndChangeRequest,
  RightSizeRequest,
  ScaleRequest,
  ScalingCloudEvent,
  WhatIfRequest,
} from '../types';

type Query<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Q } };
}
  ? NonNullable<Q>
  : never;

/** Goes with every call. @public */
export interface ScalingRequestOptions {
  /** A Backstage token; left out in the browser, where `fetchApi` adds it. */
  token?: string;
  signal?: AbortSignal;
}

/** Goes with every call that changes something. @public */
export interface ScalingMutationOptions extends ScalingRequestOptions {
  /** The same key with the same request is carried out once. */
  idempotencyKey?: string;
  /** An ETag; refused with 412 when the change that stands is another one. */
  ifMatch?: string;
}

/** Filters and order of the list of targets. @public */
export type ListScalingTargetsQuery = Query<'/targets'>;
/** Filters and order of the list of changes. @public */
export type ListScalingChangesQuery = Query<'/changes'>;

/**
 * The client of the scaling API, for browsers (`discoveryApi`, `fetchApi`) and backends (`discovery` and the global
 * fetch). Every method throws `ResponseError` of `@backstage/errors` when the API answers with a problem; its `body`
 * holds the error, and its message what to do.
 *
 * @public
 */
export class ScalingClient {
  constructor(
    private readonly options: {
      discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
      fetchApi?: { fetch: typeof fetch };
    },
  ) {}

  listTargets(
    query: ListScalingTargetsQuery = {},
    options?: ScalingRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/targets', { ...init, params: { query } }),
    );
  }

  getTarget(targetId: string, options?: ScalingRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/targets/{targetId}', {
        ...init,
        params: { path: { targetId } },
      }),
    );
  }

  /** The last so many hours. */
  getHistory(
    targetId: string,
    query: { hours?: number } = {},
    options?: ScalingRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/targets/{targetId}/history', {
        ...init,
        params: { path: { targetId }, query },
      }),
    );
  }

  /** What a policy would have made of the recorded load; changes nothing. */
  whatIf(
    targetId: string,
    request: WhatIfRequest,
    options?: ScalingRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/targets/{targetId}/what-if', {
        ...init,
        params: { path: { targetId } },
        body: request,
      }),
    );
  }

  /** So many days ahead. */
  getForecast(
    targetId: string,
    query: { days?: number } = {},
    options?: ScalingRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/targets/{targetId}/forecast', {
        ...init,
        params: { path: { targetId }, query },
      }),
    );
  }

  listBottlenecks(targetId: string, options?: ScalingRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/targets/{targetId}/bottlenecks', {
        ...init,
        params: { path: { targetId } },
      }),
    );
  }

  /** How much its containers should request, by the last so many days. */
  getRightSizing(
    targetId: string,
    query: { days?: number } = {},
    options?: ScalingRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/targets/{targetId}/right-sizing', {
        ...init,
        params: { path: { targetId }, query },
      }),
    );
  }

  /** Rolls out what runs with the recommended requests. */
  rightSize(
    targetId: string,
    body: RightSizeRequest,
    options?: ScalingMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/targets/{targetId}/right-size', {
        ...init,
        params: { path: { targetId } },
        body,
      }),
    );
  }

  /** How requests spread over its replicas, in the last so many minutes. */
  getSpread(
    targetId: string,
    query: { minutes?: number } = {},
    options?: ScalingRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/targets/{targetId}/spread', {
        ...init,
        params: { path: { targetId }, query },
      }),
    );
  }

  async listEvents(targetId: string, options?: ScalingRequestOptions) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/targets/{targetId}/events', {
        ...init,
        params: { path: { targetId } },
      }),
    );
    return items;
  }

  /** How the target may be changed, by whom, and the change that stands. */
  getOptions(targetId: string, options?: ScalingRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/targets/{targetId}/options', {
        ...init,
        params: { path: { targetId } },
      }),
    );
  }

  /** Sets how many replicas there are; takes the place of the change that stands. */
  scaleTarget(
    targetId: string,
    body: ScaleRequest,
    options?: ScalingMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/targets/{targetId}/scale', {
        ...init,
        params: { path: { targetId } },
        body,
      }),
    );
  }

  /** Has the target scale by a policy, once everybody who has to has agreed and a window is open. */
  applyPolicy(
    targetId: string,
    body: ApplyPolicyRequest,
    options?: ScalingMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/targets/{targetId}/policy', {
        ...init,
        params: { path: { targetId } },
        body,
      }),
    );
  }

  listChanges(
    query: ListScalingChangesQuery = {},
    options?: ScalingRequestOptions,
  ) {
    return this.call(options, (client, init) =>
      client.GET('/changes', { ...init, params: { query } }),
    );
  }

  getChange(changeId: string, options?: ScalingRequestOptions) {
    return this.call(options, (client, init) =>
      client.GET('/changes/{changeId}', {
        ...init,
        params: { path: { changeId } },
      }),
    );
  }

  /** Ends a change now, and puts back what was unless `restore` is false. */
  endChange(
    changeId: string,
    body: EndChangeRequest,
    options?: ScalingMutationOptions,
  ) {
    return this.call(options, (client, init) =>
      client.POST('/changes/{changeId}/end', {
        ...init,
        params: { path: { changeId } },
        body,
      }),
    );
  }

  /** One batch of the feed. Go on from `cursor`; read again at once while `more`. */
  async readEvents(
    query: { after?: string; limit?: number } = {},
    options?: ScalingRequestOptions,
  ): Promise<{ events: ScalingCloudEvent[]; cursor: string; more: boolean }> {
    const client = await this.client();
    const { data, response } = await client.GET('/events', {
      ...this.init(options),
      params: { query },
      parseAs: 'json',
    });
    if (!response.ok || !data) throw await ResponseError.fromResponse(response);
    return {
      events: data,
      cursor: response.headers.get('Slipway-Cursor') ?? query.after ?? '',
      more: response.headers.get('Slipway-More') === 'true',
    };
  }

  async listSources(options?: ScalingRequestOptions) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/sources', init),
    );
    return items;
  }

  private async client() {
    return createClient<paths>({
      baseUrl: await this.options.discoveryApi.getBaseUrl('scaling'),
      fetch: request => this.send(request),
    });
  }

  /**
   * Backstage's fetch middlewares each make a new `Request` of what they are given, which fails the second time for one
   * with a body; they are at ease with an address and its options.
   */
  private async send(request: Request): Promise<Response> {
    const { url, method, headers, signal } = request;
    const body = await request.text();
    const call = this.options.fetchApi?.fetch ?? fetch;
    return call(url, { method, headers, signal, ...(body && { body }) });
  }

  private init(options: ScalingMutationOptions = {}) {
    const headers: Record<string, string> = {};
    if (options.token) headers.Authorization = `Bearer ${options.token}`;
    if (options.idempotencyKey)
      headers['Idempotency-Key'] = options.idempotencyKey;
    if (options.ifMatch) headers['If-Match'] = options.ifMatch;
    return { headers, signal: options.signal };
  }

  private async call<T>(
    options: ScalingRequestOptions | undefined,
    send: (
      client: Awaited<ReturnType<ScalingClient['client']>>,
      init: ReturnType<ScalingClient['init']>,
    ) => Promise<{ data?: T; error?: unknown; response: Response }>,
  ): Promise<T> {
    const { data, error, response } = await send(
      await this.client(),
      this.init(options),
    );
    if (data !== undefined && response.ok) return data;
    // openapi-fetch has read the body, which ResponseError wants to read again.
    throw await ResponseError.fromResponse(
      new Response(
        typeof error === 'string' ? error : JSON.stringify(error ?? null),
        {
          status: response.status,
          statusText: response.statusText,
          headers: { 'content-type': 'application/json' },
        },
      ),
    );
  }
}
