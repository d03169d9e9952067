import { isAtLeast } from './isAtLeast';
import type { WatchedKind, WatchedObject } from './WatchedKind';

/** The objects of one watch, as they were last told. */
export class ObjectStore<T extends WatchedObject> {
  /** By name, in groups. */
  readonly #groups = new Map<string, Map<string, T>>();
  readonly #groupOf = new Map<string, string>();
  /** Up to where the watch has told. */
  resourceVersion?: string;

  constructor(private readonly kind: WatchedKind<T>) {}

  get size(): number {
    return this.#groupOf.size;
  }

  all(): T[] {
    return [...this.#groups.values()].flatMap(group => [...group.values()]);
  }

  of(group: string): T[] {
    return [...(this.#groups.get(group)?.values() ?? [])];
  }

  /** Answers those that differ from what was known, with those that are gone. */
  replace(objects: T[], resourceVersion: string): T[] {
    const before = new Map(this.all().map(object => [nameOf(object), object]));
    this.#groups.clear();
    this.#groupOf.clear();
    const changed: T[] = [];
    for (const object of objects) {
      this.#put(object);
      const known = before.get(nameOf(object));
      before.delete(nameOf(object));
      if (known?.metadata?.resourceVersion !== object.metadata?.resourceVersion)
        changed.push(object);
    }
    this.resourceVersion = resourceVersion;
    return [...changed, ...before.values()];
  }

  put(object: T): void {
    const known = this.#named(nameOf(object));
    const version = object.metadata?.resourceVersion;
    this.#advance(version);
    // What a watch repeats after it was taken up again may be older than what is known.
    const knownVersion = known?.metadata?.resourceVersion;
    if (
      version &&
      knownVersion !== version &&
      known?.metadata?.uid === object.metadata?.uid &&
      isAtLeast(knownVersion, version)
    )
      return;
    this.#put(object);
  }

  remove(object: T): void {
    this.#advance(object.metadata?.resourceVersion);
    this.#drop(nameOf(object));
  }

  /** What has no objects with it: a bookmark. */
  bookmark(resourceVersion: string | undefined): void {
    this.#advance(resourceVersion);
  }

  #advance(resourceVersion: string | undefined): void {
    if (
      resourceVersion &&
      !(
        this.resourceVersion && isAtLeast(this.resourceVersion, resourceVersion)
      )
    )
      this.resourceVersion = resourceVersion;
  }

  #put(object: T): void {
    const name = nameOf(object);
    const group = this.kind.groupOf(object);
    if (this.#groupOf.get(name) !== group) this.#drop(name);
    this.#groupOf.set(name, group);
    const members = this.#groups.get(group) ?? new Map<string, T>();
    members.set(name, object);
    this.#groups.set(group, members);
  }

  #drop(name: string): void {
    const group = this.#groupOf.get(name);
    if (group === undefined) return;
    this.#groupOf.delete(name);
    const members = this.#groups.get(group);
    members?.delete(name);
    if (!members?.size) this.#groups.delete(group);
  }

  #named(name: string): T | undefined {
    const group = this.#groupOf.get(name);
    return group === undefined ? undefined : this.#groups.get(group)?.get(name);
  }
}

function nameOf(object: WatchedObject): string {
  return object.metadata?.name ?? '';
}
