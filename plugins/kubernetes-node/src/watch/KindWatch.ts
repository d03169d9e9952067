import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterDirectory } from '../ClusterDirectory';
import { ClusterResponseError } from '../ClusterResponseError';
import type { Place } from '../inWords';
import { isAtLeast } from './isAtLeast';
import { ObjectStore } from './ObjectStore';
import { readLines } from './readLines';
import type { WatchedKind, WatchedObject } from './WatchedKind';

/**
 * How long one request watches before the next one goes on where it ended. Short, because one that the API server has
 * died on under the Kubernetes plugin's proxy neither ends nor says so, and the proxy keeps one that was given up until its
 * time is over.
 */
const watchSeconds = { least: 20, most: 30 };
/** After which a watch that did not end in time is given up. */
const lateMs = 5000;
/** All objects are read anew, whatever the watch has told. */
const resyncMs = 10 * 60_000;
/** After which a kind that the cluster did not have is looked for again. */
const absentMs = 60_000;
/** How long what was told last holds without a watch. */
const graceMs = 3000;
/** A proxy passes an answer's headers on with its first byte: a watch that nobody refuses for so long is taken to stand. */
const establishedMs = 1000;
const listTimeoutMs = 60_000;
const pageSize = 500;
/** More of one kind in one namespace are not kept. */
const maxObjects = 50_000;
const retryMs = { least: 500, most: 10_000 };
/** After a refusal for want of rights. */
const refusedMs = 10 * 60_000;

interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: T & { code?: number; message?: string };
}

interface List<T> {
  metadata?: { resourceVersion?: string; continue?: string };
  items: T[];
}

/** One kind in one namespace, listed once and then kept up to date by a watch, for as long as it is not stopped. */
export class KindWatch<T extends WatchedObject> {
  readonly store: ObjectStore<T>;
  /** Whether the cluster has this kind. */
  exists = true;
  #listedAt = -Infinity;
  /** Since when no watch stands; `undefined` while one does. */
  #brokenAt: number | undefined;
  #isFollowing = false;
  readonly #stopped = new AbortController();
  #request = new AbortController();
  /** Ends the pause between two tries. */
  #retry = new AbortController();
  /** Tries in a row that came to nothing. */
  #failures = 0;
  /** Of those who wait for news. */
  readonly #waiting = new Set<() => void>();
  readonly #begun: Promise<void>;

  constructor(
    private readonly options: {
      clusters: ClusterDirectory;
      place: Place;
      kind: WatchedKind<T>;
      logger: LoggerService;
      now: () => number;
      random: () => number;
      onChange: (object: T) => void;
      /** Hears that it may be listed and not watched. */
      onRefused: (error: Error) => void;
    },
  ) {
    this.store = new ObjectStore(options.kind);
    this.#brokenAt = options.now();
    this.#begun = new Promise(resolve => {
      void this.#run(() => {
        this.hasBegun = true;
        resolve();
      });
    });
  }

  /** Whether it stands, and has told all there is. */
  get isFresh(): boolean {
    return (
      this.#listedAt > -Infinity &&
      (this.#brokenAt === undefined ||
        this.options.now() - this.#brokenAt <= graceMs)
    );
  }

  /** Whether it has looked for the first time, whatever came of that. */
  hasBegun = false;

  /** Returns when it has begun. */
  async begun(signal: AbortSignal): Promise<void> {
    await Promise.race([this.#begun, aborted(signal)]);
  }

  /** Waits until a write must have been told; `false` when it was not in time. */
  async hasReached(resourceVersion: string, withinMs: number) {
    const reached = () =>
      isAtLeast(this.store.resourceVersion, resourceVersion);
    const deadline = AbortSignal.timeout(withinMs);
    while (!reached() && !deadline.aborted)
      await Promise.race([
        new Promise<void>(resolve => this.#waiting.add(resolve)),
        aborted(deadline),
      ]);
    return reached();
  }

  /** Watches anew from where it was: this watch may hear nothing any more. */
  restart(): void {
    // One that is between two tries comes to that by itself, in its own time.
    if (!this.#isFollowing) return;
    this.#broken();
    this.#request.abort();
  }

  /** Does not wait for the end of its pause: what was against it may be over. */
  retryNow(): void {
    this.#retry.abort();
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #run(begun: () => void): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#request = new AbortController();
      this.#retry = new AbortController();
      const request = AbortSignal.any([
        this.#stopped.signal,
        this.#request.signal,
      ]);
      try {
        if (
          !this.store.resourceVersion ||
          this.options.now() - this.#listedAt > resyncMs
        )
          await this.#list(request);
        begun();
        if (this.exists) await this.#follow(request);
        else await this.#pause(absentMs);
      } catch (error) {
        if (this.#stopped.signal.aborted) break;
        begun();
        this.#broken();
        if (isExpired(error)) this.store.resourceVersion = undefined;
        // A resourceVersion that is too old is no fault; one that still is after all was read anew is.
        if (this.#failures > 0 || !isExpired(error))
          await this.#pause(this.#pauseAfter(error));
        this.#failures += 1;
      }
      this.#tell();
    }
    begun();
  }

  async #list(request: AbortSignal): Promise<void> {
    const { clusters, kind, now, onChange, place } = this.options;
    const at = now();
    const client = await clusters.connect(
      place.cluster,
      AbortSignal.any([request, AbortSignal.timeout(listTimeoutMs)]),
    );
    const objects: T[] = [];
    let resourceVersion = '';
    let next: string | undefined;
    do {
      const list = await client
        .get<List<T>>(
          this.#path({
            limit: String(pageSize),
            ...(next && { continue: next }),
          }),
        )
        .catch((error: unknown) => {
          if (!isUnknownKind(error)) throw error;
          return undefined;
        });
      this.exists = list !== undefined;
      objects.push(...(list?.items ?? []).map(item => kind.keep(item)));
      if (objects.length > maxObjects)
        throw new Error(
          `there are more than ${maxObjects}, too many to be kept in memory`,
        );
      // All pages are of the state that the first one was of.
      resourceVersion ||= list?.metadata?.resourceVersion ?? '';
      next = list?.metadata?.continue;
    } while (next);
    const isFirst = this.#listedAt === -Infinity;
    const changed = this.store.replace(objects, resourceVersion);
    this.#listedAt = at;
    this.#brokenAt = this.exists ? now() : undefined;
    this.#tell();
    if (!isFirst) changed.forEach(onChange);
  }

  async #follow(request: AbortSignal): Promise<void> {
    const { clusters, place, random } = this.options;
    const seconds = Math.round(
      watchSeconds.least + random() * (watchSeconds.most - watchSeconds.least),
    );
    const late = AbortSignal.timeout(seconds * 1000 + lateMs);
    const client = await clusters.connect(
      place.cluster,
      AbortSignal.any([request, late]),
    );
    const timer = setTimeout(() => this.#stands(), establishedMs);
    this.#isFollowing = true;
    try {
      const body = await client.stream(
        this.#path({
          watch: 'true',
          allowWatchBookmarks: 'true',
          timeoutSeconds: String(seconds),
          resourceVersion: this.store.resourceVersion ?? '',
        }),
      );
      for await (const line of readLines(body)) {
        this.#take(JSON.parse(line));
        this.#stands();
      }
    } catch (error) {
      // Nothing may have happened for all the time, and then not even headers came.
      if (!late.aborted) throw error;
    } finally {
      clearTimeout(timer);
      this.#isFollowing = false;
    }
    this.#broken();
  }

  #take({ object, type }: WatchEvent<T>): void {
    const { kind, onChange } = this.options;
    if (type === 'ERROR')
      throw new ClusterResponseError(
        object.code ?? 500,
        object.message ?? 'the watch has ended',
      );
    if (type === 'BOOKMARK') {
      this.store.bookmark(object.metadata?.resourceVersion);
    } else {
      const kept = kind.keep(object);
      if (type === 'DELETED') this.store.remove(kept);
      else this.store.put(kept);
      onChange(kept);
    }
    this.#tell();
  }

  #stands(): void {
    this.#brokenAt = undefined;
    this.#failures = 0;
  }

  #broken(): void {
    this.#brokenAt ??= this.options.now();
  }

  async #pause(ms: number): Promise<void> {
    // What ends it early is no error.
    await sleep(ms, undefined, {
      signal: AbortSignal.any([
        this.#stopped.signal,
        this.#request.signal,
        this.#retry.signal,
      ]),
      ref: false,
    }).catch(() => {});
  }

  #tell(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }

  #pauseAfter(error: unknown): number {
    const { kind, logger, onRefused, place, random } = this.options;
    if (error instanceof ClusterResponseError && error.status === 403) {
      if (this.#listedAt === -Infinity) return absentMs;
      onRefused(error);
      return refusedMs;
    }
    const most = Math.min(retryMs.most, retryMs.least * 2 ** this.#failures);
    logger.debug(
      `The watch of ${kind.plural} in namespace '${place.namespace}' of cluster '${place.cluster}' is taken up again: ${error}`,
    );
    return retryMs.least / 2 + random() * most;
  }

  #path(query: Record<string, string>): string {
    const { kind, place } = this.options;
    const parameters = new URLSearchParams({
      ...query,
      ...(kind.labelSelector && { labelSelector: kind.labelSelector }),
    });
    return `${kind.api}/namespaces/${encodeURIComponent(place.namespace)}/${kind.plural}?${parameters}`;
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof ClusterResponseError && error.status === 410;
}

/** The API server has no such kind, which it says as a Status or, of a whole group, in plain text. */
function isUnknownKind(error: unknown): boolean {
  return (
    error instanceof ClusterResponseError &&
    error.status === 404 &&
    !error.isOfPlugin
  );
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
