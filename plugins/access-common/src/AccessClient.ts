import { ResponseError } from '@backstage/errors';
import type {
  AccessAction,
  AccessExplanation,
  AccessPerson,
  AccessRole,
} from './types';

/** Goes with every call. @public */
export interface AccessRequestOptions {
  /** A Backstage token; left out in the browser, where `fetchApi` adds it. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * Reads who may do what. Every method throws `ResponseError` of `@backstage/errors` for what is not 2xx.
 *
 * @public
 */
export class AccessClient {
  constructor(
    private readonly options: {
      discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
      fetchApi?: { fetch: typeof fetch };
    },
  ) {}

  /** Needs `slipway.access.read`. */
  async listRoles(options?: AccessRequestOptions): Promise<AccessRole[]> {
    return (await this.get<{ items: AccessRole[] }>('roles', {}, options))
      .items;
  }

  /** Everybody with `slipway.access.read`; otherwise only the caller. */
  async listPeople(options?: AccessRequestOptions): Promise<AccessPerson[]> {
    return (await this.get<{ items: AccessPerson[] }>('people', {}, options))
      .items;
  }

  /** With rules only for `slipway.access.read`. */
  async listActions(options?: AccessRequestOptions): Promise<AccessAction[]> {
    return (await this.get<{ items: AccessAction[] }>('actions', {}, options))
      .items;
  }

  /** About others only with `slipway.access.read`. Conditions are checked when component and environment are given. */
  explain(
    question: {
      userEntityRef: string;
      permission: string;
      componentRef?: string;
      environmentRef?: string;
    },
    options?: AccessRequestOptions,
  ): Promise<AccessExplanation> {
    return this.get('explanation', question, options);
  }

  private async get<T>(
    path: string,
    query: Record<string, string | undefined>,
    options: AccessRequestOptions = {},
  ): Promise<T> {
    const base = await this.options.discoveryApi.getBaseUrl('permission');
    const url = new URL(`${base}/slipway/${path}`);
    for (const [name, value] of Object.entries(query))
      if (value) url.searchParams.set(name, value);
    const call = this.options.fetchApi?.fetch ?? fetch;
    const response = await call(url.toString(), {
      signal: options.signal,
      headers: options.token
        ? { Authorization: `Bearer ${options.token}` }
        : {},
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}
