import type {
  BackstageCredentials,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { ComponentScope } from '../database/componentScope';
import type { PageOf } from '../database/paging';

/** The catalog, with the rights of whoever asks. */
interface ComponentCatalog<Component> {
  components(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<Component[]>;
  visible(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>>;
}

/** Asked of the catalog in one request, so that no request keeps the others waiting for long. */
const chunkSize = 250;
/** Reading what is hidden may take a fiftieth of the time. */
const maxAgeShare = 50;
const longestMaxAgeMs = 60_000;
/** Kept for so many differing decisions of the permission policy. */
const mostEntries = 100;
/** Up to here a list leaves out what is hidden, rather than looking for what is visible. */
const fewHidden = 1000;

interface Entry {
  readAt: number;
  maxAgeMs: number;
  scope: ComponentScope;
}

/**
 * Lists show rows of those components only that the catalog shows to the caller, and rows of no component.
 *
 * The catalog is asked about the components of every page, live. So that the database can cut pages and count, what a
 * caller may not see is also known beforehand, a short while old, and shared by all callers for whom the permission
 * policy decides alike. Where the two differ the list is read again.
 */
export class VisibleComponents<Component extends { ref: string }> {
  readonly #entries = new Map<string, Entry>();
  readonly #reading = new Map<string, Promise<Entry>>();

  constructor(
    private readonly options: {
      catalog: ComponentCatalog<Component>;
      /** All components that the lists may have rows of. */
      componentRefs: () => Promise<string[]>;
      permissions: PermissionsService;
      logger: LoggerService;
      now: () => number;
    },
  ) {}

  /** Reads one page with what `read` finds in a scope, and answers the page's components beside it. */
  async page<T extends { componentRef?: string }>(
    query: {
      /** Of one component only, in canonical spelling. */
      componentRef?: string;
      credentials: BackstageCredentials;
    },
    read: (scope: ComponentScope) => Promise<PageOf<T>>,
  ): Promise<{ page: PageOf<T>; components: Map<string, Component> }> {
    const { componentRef, credentials } = query;
    if (componentRef !== undefined) {
      const components = await this.#components([componentRef], credentials);
      return {
        page: await read({ only: [...components.keys()] }),
        components,
      };
    }
    const key = await this.#key(credentials);
    const known = await this.#scope(key, credentials);
    const first = await this.#checked(known, credentials, read);
    if (!first.dropped) return first;
    const { scope } = await this.#read(key, credentials);
    return this.#checked(scope, credentials, read);
  }

  async #checked<T extends { componentRef?: string }>(
    scope: ComponentScope,
    credentials: BackstageCredentials,
    read: (scope: ComponentScope) => Promise<PageOf<T>>,
  ) {
    const page = await read(scope);
    const refs = page.items.flatMap(item => item.componentRef ?? []);
    const components = await this.#components([...new Set(refs)], credentials);
    const items = page.items.filter(
      ({ componentRef }) =>
        componentRef === undefined || components.has(componentRef),
    );
    const dropped = page.items.length - items.length;
    return {
      page: { ...page, items, totalItems: page.totalItems - dropped },
      components,
      dropped,
    };
  }

  async #components(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, Component>> {
    const found = await this.options.catalog.components(refs, credentials);
    return new Map(found.map(component => [component.ref, component]));
  }

  /** What the catalog shows depends on what it reads only, and on this decision. */
  async #key(credentials: BackstageCredentials): Promise<string> {
    const [decision] = await this.options.permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    // Named one by one: the client leaves the number of its request in the answer.
    const { result } = decision;
    return JSON.stringify(
      result === AuthorizeResult.CONDITIONAL
        ? { result, conditions: decision.conditions }
        : { result },
    );
  }

  async #scope(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<ComponentScope> {
    const entry = this.#entries.get(key);
    const age = entry && this.options.now() - entry.readAt;
    if (!entry || age === undefined || age > 10 * entry.maxAgeMs)
      return (await this.#read(key, credentials)).scope;
    if (age > entry.maxAgeMs)
      this.#read(key, credentials).catch(error =>
        this.options.logger.warn('The catalog did not say what is visible', {
          error: String(error),
        }),
      );
    return entry.scope;
  }

  /** Once at a time for each key. */
  #read(key: string, credentials: BackstageCredentials): Promise<Entry> {
    const under = this.#reading.get(key);
    if (under) return under;
    const reading = this.#readNow(credentials)
      .then(entry => {
        this.#entries.delete(key);
        this.#entries.set(key, entry);
        const [oldest] = this.#entries.keys();
        if (this.#entries.size > mostEntries) this.#entries.delete(oldest);
        return entry;
      })
      .finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  async #readNow(credentials: BackstageCredentials): Promise<Entry> {
    const { catalog, componentRefs, now } = this.options;
    const readAt = now();
    const refs = [...new Set(await componentRefs())];
    const visible: string[] = [];
    const hidden: string[] = [];
    for (let from = 0; from < refs.length; from += chunkSize) {
      const chunk = refs.slice(from, from + chunkSize);
      const seen = await catalog.visible(chunk, credentials);
      for (const ref of chunk) (seen.has(ref) ? visible : hidden).push(ref);
    }
    // A component that is new since then is not left out, and found out to be hidden when its rows are shown.
    const leavesOut =
      hidden.length <= fewHidden || hidden.length <= visible.length;
    return {
      readAt,
      maxAgeMs: Math.min(longestMaxAgeMs, maxAgeShare * (now() - readAt)),
      scope: leavesOut ? { without: hidden } : { only: visible },
    };
  }
}
