import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterDirectory } from '../ClusterDirectory';
import type { Place } from '../inWords';
import { ClusterPulse } from './ClusterPulse';
import { KindWatch } from './KindWatch';
import type { WatchedKind, WatchedObject } from './WatchedKind';

/** What nobody has asked for so long is no longer watched. */
const idleMs = 5 * 60_000;
const tidyMs = 30_000;
/** Of one kind in one namespace each. What is beyond them is read. */
const maxWatches = 2000;
/** How long a first look is waited for, and a write of one's own that has not been told yet. */
const patienceMs = 2000;

/** The objects of one kind in a namespace, as they are now. @public */
export interface WatchedView<T> {
  /** Whether the cluster has this kind. */
  exists: boolean;
  all(): T[];
  /** Those of one group, see `WatchedKind.groupOf`. */
  of(group: string): T[];
}

interface Entry {
  watch: KindWatch<WatchedObject>;
  askedAt: number;
}

/**
 * Objects in clusters, watched for as long as somebody asks for them. What cannot be told for certain to be as it is now is
 * not answered at all: a watch that is broken for more than three seconds, a cluster that does not answer, a kind that may
 * not be watched. Whoever asks reads it from the API server then.
 *
 * @public
 */
export class WatchedObjects {
  readonly #entries = new Map<string, Entry>();
  readonly #pulses = new Map<string, ClusterPulse>();
  readonly #listeners = new Set<(object: WatchedObject) => void>();
  readonly #tidying: NodeJS.Timeout;
  #isFull = false;
  /** Of namespaces in which something may not be watched. */
  readonly #warned = new Set<string>();

  constructor(
    private readonly options: {
      clusters: ClusterDirectory;
      logger: LoggerService;
      /** Milliseconds of a clock that never jumps. */
      now?: () => number;
      random?: () => number;
    },
  ) {
    this.#tidying = setInterval(() => this.#tidy(), tidyMs).unref();
  }

  /**
   * Begins to watch what is asked for the first time. `undefined` when it has to be read from the API server.
   *
   * @param atLeast - resourceVersion of a write that has to be in it
   */
  async view<T extends WatchedObject>(
    place: Place,
    kind: WatchedKind<T>,
    { atLeast, signal }: { atLeast?: string; signal: AbortSignal },
  ): Promise<WatchedView<T> | undefined> {
    const entry = this.#entry(place, kind);
    if (!entry) return undefined;
    entry.askedAt = this.#now();
    const watch = entry.watch as unknown as KindWatch<T>;
    const [isThere] = await Promise.all([
      this.#pulse(place.cluster).isThere(),
      watch.hasBegun ||
        watch.begun(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])),
    ]);
    if (!isThere || !watch.isFresh) return undefined;
    if (
      atLeast &&
      watch.exists &&
      !(await watch.hasReached(atLeast, patienceMs))
    ) {
      watch.restart();
      return undefined;
    }
    const { exists, store } = watch;
    return { exists, all: () => store.all(), of: group => store.of(group) };
  }

  /** Hears of every object that is watched and changes. Returns what ends that. */
  onChange(listener: (object: WatchedObject) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    clearInterval(this.#tidying);
    for (const { watch } of this.#entries.values()) watch.stop();
    this.#entries.clear();
  }

  #entry<T extends WatchedObject>(
    place: Place,
    kind: WatchedKind<T>,
  ): Entry | undefined {
    const key = JSON.stringify([
      place.cluster,
      place.namespace,
      kind.api,
      kind.plural,
      kind.labelSelector ?? '',
    ]);
    const known = this.#entries.get(key);
    if (known) return known;
    const { clusters, logger, random = Math.random } = this.options;
    if (this.#entries.size >= maxWatches) {
      if (!this.#isFull)
        logger.warn(
          `${maxWatches} lists of Kubernetes objects are watched, and no more are: the others are read for every look`,
        );
      this.#isFull = true;
      return undefined;
    }
    const watch = new KindWatch<T>({
      clusters,
      place: { cluster: place.cluster, namespace: place.namespace },
      kind,
      logger,
      now: () => this.#now(),
      random,
      onChange: object => {
        for (const listener of this.#listeners) listener(object);
      },
      onRefused: error => this.#warn(place, error),
    });
    const entry = {
      watch: watch as unknown as KindWatch<WatchedObject>,
      askedAt: this.#now(),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #pulse(cluster: string): ClusterPulse {
    const known = this.#pulses.get(cluster);
    if (known) return known;
    const pulse = new ClusterPulse({
      clusters: this.options.clusters,
      cluster,
      now: () => this.#now(),
      onSilence: () => this.#of(cluster).forEach(watch => watch.restart()),
      onReturn: () => this.#of(cluster).forEach(watch => watch.retryNow()),
    });
    this.#pulses.set(cluster, pulse);
    return pulse;
  }

  #of(cluster: string): KindWatch<WatchedObject>[] {
    return [...this.#entries]
      .filter(([key]) => JSON.parse(key)[0] === cluster)
      .map(([, { watch }]) => watch);
  }

  #warn({ cluster, namespace }: Place, error: Error): void {
    const name = JSON.stringify([cluster, namespace]);
    if (this.#warned.has(name)) return;
    this.#warned.add(name);
    this.options.logger.warn(
      `Objects in namespace '${namespace}' of cluster '${cluster}' may be listed but not watched, and are listed for every look instead: ${error.message}. Apply the rbac.yaml of this version to the cluster`,
    );
  }

  #tidy(): void {
    const before = this.#now() - idleMs;
    for (const [key, { askedAt, watch }] of this.#entries) {
      if (askedAt >= before) continue;
      watch.stop();
      this.#entries.delete(key);
      this.#isFull = false;
    }
  }

  #now(): number {
    return (this.options.now ?? performance.now.bind(performance))();
  }
}
