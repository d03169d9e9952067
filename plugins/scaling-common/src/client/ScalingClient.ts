import {
  ApiClient,
  type ApiClientOptions,
  type ApiMutationOptions,
  type ApiRequestOptions,
  type EventBatch,
} from '@slipway/backstage-plugin-slipway-common';
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
export type ScalingRequestOptions = ApiRequestOptions;
/** Goes with every call that changes something. @public */
export type ScalingMutationOptions = ApiMutationOptions;

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
export class ScalingClient extends ApiClient<paths> {
  constructor(options: ApiClientOptions) {
    super('scaling', options);
  }

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
  readEvents(
    query: { after?: string; limit?: number } = {},
    options?: ScalingRequestOptions,
  ): Promise<EventBatch<ScalingCloudEvent>> {
    return this.readFeed(query, options);
  }

  async listSources(options?: ScalingRequestOptions) {
    const { items } = await this.call(options, (client, init) =>
      client.GET('/sources', init),
    );
    return items;
  }
}
