import type { V1Deployment, V1Pod, V1Service } from '@kubernetes/client-node';
import {
  autoscalersOf,
  type ClusterClient,
  ClusterResponseError,
  labels,
  nameOf,
  type Place,
  type ScaledObject,
  type TargetIdentity,
  type WatchedKind,
  type WatchedObject,
  type WatchedObjects,
  watchedServices,
  type WatchedView,
  type OwnWrites,
} from '@slipway/backstage-plugin-kubernetes-node';
import { type Snapshot } from '../plan/Snapshot';
import { readRecord } from './desiredRecord';
import type { HttpRoute } from './httpRoute';
import {
  watchedAutoscalers,
  watchedDeployments,
  watchedHttpRoutes,
  watchedPods,
  watchedScaledObjects,
} from './watchedKinds';

/**
 * How one target is now: from what is watched, where that is certain to be as it is, else from the API server. Errors are
 * `ClusterResponseError`s.
 */
export class TargetReads {
  constructor(
    private readonly options: {
      client: ClusterClient;
      place: Place;
      identity: TargetIdentity;
      signal: AbortSignal;
      /** Left out where nothing shall be watched. */
      watched?: WatchedObjects;
      written: OwnWrites;
    },
  ) {}

  get isDirect(): boolean {
    return this.options.watched === undefined;
  }

  /** From the API server, whatever is known. */
  direct(): TargetReads {
    const { watched, ...options } = this.options;
    return new TargetReads(options);
  }

  async snapshot(): Promise<Snapshot> {
    const { identity } = this.options;
    const [deployments, pods, services] = await Promise.all([
      this.#deployments(),
      this.#pods(),
      this.#services(),
    ]);
    const named = (name: string) =>
      services.find(service => nameOf(service) === name);
    const service = named(identity.name);
    const routeName = readRecord(service)?.httpRoute;
    const routes = routeName ? await this.httpRoutes() : undefined;
    return {
      deployments,
      pods,
      service,
      preview: named(identity.previewName),
      httpRoute: routes?.find(route => nameOf(route) === routeName),
    };
  }

  /** All of the namespace; `undefined` where the cluster does not know the kind. */
  async httpRoutes(): Promise<HttpRoute[] | undefined> {
    const view = await this.#view(watchedHttpRoutes, 'httproutes');
    // A kind that was not there may have been installed since.
    return view?.exists
      ? (view.all() as HttpRoute[])
      : this.#custom<HttpRoute>(
          'gateway.networking.k8s.io',
          'v1',
          'httproutes',
        );
  }

  /** Which Deployments of the namespace something else scales, and what. */
  async autoscalers(): Promise<(deployment: string) => string | undefined> {
    const { client, place } = this.options;
    const [hpas, scaledObjects] = await Promise.all([
      this.#view(watchedAutoscalers).then(
        async view =>
          view?.all() ??
          (
            await client.autoscaling.listNamespacedHorizontalPodAutoscaler({
              namespace: place.namespace,
            })
          ).items,
      ),
      this.#view(watchedScaledObjects).then(view =>
        view
          ? view.all()
          : this.#custom<ScaledObject>('keda.sh', 'v1alpha1', 'scaledobjects'),
      ),
    ]);
    // Without KEDA there is no such kind.
    return autoscalersOf(hpas, scaledObjects ?? []);
  }

  async #deployments(): Promise<V1Deployment[]> {
    const view = await this.#view(watchedDeployments, 'deployments');
    if (view) return view.of(this.options.identity.id) as V1Deployment[];
    const { items } = await this.options.client.apps.listNamespacedDeployment(
      this.#ours(),
    );
    return items;
  }

  async #pods(): Promise<V1Pod[]> {
    const view = await this.#view(watchedPods);
    if (view) return view.of(this.options.identity.id) as V1Pod[];
    const { items } = await this.options.client.core.listNamespacedPod(
      this.#ours(),
    );
    return items;
  }

  async #services(): Promise<V1Service[]> {
    const view = await this.#view(watchedServices, 'services');
    if (view) return view.of(this.options.identity.id) as V1Service[];
    const { items } = await this.options.client.core.listNamespacedService(
      this.#ours(),
    );
    return items;
  }

  async #custom<T>(
    group: string,
    version: string,
    plural: string,
  ): Promise<T[] | undefined> {
    const { client, place } = this.options;
    const list = await client.custom
      .listNamespacedCustomObject({
        group,
        version,
        plural,
        namespace: place.namespace,
      })
      .catch((error: unknown) => {
        if (error instanceof ClusterResponseError && error.status === 404)
          return undefined;
        throw error;
      });
    return (list as { items: T[] } | undefined)?.items;
  }

  #ours() {
    return {
      namespace: this.options.place.namespace,
      labelSelector: `${labels.target}=${this.options.identity.id}`,
    };
  }

  async #view<T extends WatchedObject>(
    kind: WatchedKind<T>,
    writtenKind?: 'deployments' | 'httproutes' | 'services',
  ): Promise<WatchedView<T> | undefined> {
    const { identity, place, signal, watched, written } = this.options;
    if (!watched) return undefined;
    const atLeast = writtenKind && written.of(identity.id, writtenKind);
    const view = await watched.view(place, kind, {
      signal,
      ...(atLeast && { atLeast }),
    });
    if (view && writtenKind) written.forget(identity.id, writtenKind, atLeast);
    return view;
  }
}
