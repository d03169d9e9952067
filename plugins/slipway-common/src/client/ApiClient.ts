import { ResponseError } from '@backstage/errors';
import createClient, { type Client } from 'openapi-fetch';

/** Goes with every call. @public */
export interface ApiRequestOptions {
  /** A Backstage token; left out in the browser, where `fetchApi` adds it. */
  token?: string;
  signal?: AbortSignal;
}

/** Goes with every call that changes something. @public */
export interface ApiMutationOptions extends ApiRequestOptions {
  /** The same key with the same request is carried out once. */
  idempotencyKey?: string;
  /** An ETag; refused with 412 when what it is of has changed since. */
  ifMatch?: string;
}

/** Where an API is, and how it is asked: in browsers `fetchApi`, in backends the global fetch. @public */
export interface ApiClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi?: { fetch: typeof fetch };
}

/** One batch of a feed. Go on from `cursor`; read again at once while `more`. @public */
export interface EventBatch<Event> {
  events: Event[];
  cursor: string;
  more: boolean;
}

/**
 * Asks the API of one of our plugins, whose paths are those that openapi-typescript makes of its document. What it answers
 * with a problem is a `ResponseError` of `@backstage/errors`: its `body` holds the error, and its message what to do.
 *
 * @public
 */
export abstract class ApiClient<Paths extends object> {
  protected constructor(
    private readonly pluginId: string,
    private readonly options: ApiClientOptions,
  ) {}

  protected async call<T>(
    options: ApiMutationOptions | undefined,
    send: (
      client: Client<Paths>,
      init: { headers: Record<string, string>; signal?: AbortSignal },
    ) => Promise<{ data?: T; error?: unknown; response: Response }>,
  ): Promise<T> {
    const client = createClient<Paths>({
      baseUrl: await this.#baseUrl(),
      fetch: request => this.#send(request),
    });
    const { data, error, response } = await send(client, initOf(options));
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

  /** From the feed that all our plugins have at `/events`. */
  protected async readFeed<Event>(
    query: { after?: string; limit?: number },
    options: ApiRequestOptions | undefined,
  ): Promise<EventBatch<Event>> {
    const asked = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    );
    const response = await this.#fetch(
      `${await this.#baseUrl()}/events${asked.size ? `?${asked}` : ''}`,
      initOf(options),
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return {
      events: await response.json(),
      cursor: response.headers.get('Slipway-Cursor') ?? query.after ?? '',
      more: response.headers.get('Slipway-More') === 'true',
    };
  }

  #baseUrl(): Promise<string> {
    return this.options.discoveryApi.getBaseUrl(this.pluginId);
  }

  /**
   * Backstage's fetch middlewares each make a new `Request` of what they are given, which fails the second time for one
   * with a body; they are at ease with an address and its options.
   */
  async #send(request: Request): Promise<Response> {
    const { url, method, headers, signal } = request;
    const body = await request.text();
    return this.#fetch(url, { method, headers, signal, ...(body && { body }) });
  }

  #fetch(url: string, init: RequestInit): Promise<Response> {
    const call = this.options.fetchApi?.fetch ?? fetch;
    return call(url, init);
  }
}

function initOf(options: ApiMutationOptions = {}) {
  const headers: Record<string, string> = {};
  if (options.token) headers.Authorization = `Bearer ${options.token}`;
  if (options.idempotencyKey)
    headers['Idempotency-Key'] = options.idempotencyKey;
  if (options.ifMatch) headers['If-Match'] = options.ifMatch;
  return { headers, signal: options.signal };
}
