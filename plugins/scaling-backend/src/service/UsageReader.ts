import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import type {
  ControlledTarget,
  RecordedUsage,
  ReplicaRequests,
  UsageSource,
} from '@slipway/backstage-plugin-scaling-node';
import { LRUCache } from 'lru-cache';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CatalogReader } from '../catalog/CatalogReader';
import type { UsageRegistry } from '../registry/UsageRegistry';

const timeoutMs = 20_000;
/** What costs a vendor much is not asked for again so soon, however many look at it. */
const usageKeptMs = 5 * 60_000;
const requestsKeptMs = 60_000;
const mostKept = 100;
// Their messages are for people.
const told = ['InputError', 'NotAllowedError', 'ServiceUnavailableError'];

interface Window {
  from: number;
  to: number;
}

/** What a source knows, or why nobody does, in words. */
export type Known<T> =
  | { source: string; window: Window; value: T }
  | { refused: string; window: Window };

interface Patience {
  /** How long an answer is waited for; until there is one when left out. */
  patienceMs?: number;
}

/** Asks the sources of usage one after the other. */
export class UsageReader {
  readonly #usage = kept<RecordedUsage>(usageKeptMs);
  readonly #requests = kept<ReplicaRequests[]>(requestsKeptMs);

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      logger: LoggerService;
      now: () => number;
      usage: UsageRegistry;
    },
  ) {}

  /** What the replicas used in the time before now. */
  async usage(
    target: ScalingTarget,
    lengthMs: number,
    { patienceMs }: Patience = {},
  ): Promise<Known<RecordedUsage>> {
    const asked = once(this.#usage, JSON.stringify([target.id, lengthMs]), () =>
      this.#ask(target, lengthMs, (source, ...rest) => source.usage(...rest)),
    );
    return this.#within(asked, lengthMs, patienceMs);
  }

  /** What they answered in the time before now. */
  async requests(
    target: ScalingTarget,
    lengthMs: number,
    { patienceMs }: Patience = {},
  ): Promise<Known<ReplicaRequests[]>> {
    const asked = once(
      this.#requests,
      JSON.stringify([target.id, lengthMs]),
      () =>
        this.#ask(target, lengthMs, async (source, ...rest) =>
          source.requests?.(...rest),
        ),
    );
    return this.#within(asked, lengthMs, patienceMs);
  }

  /** The asking goes on, and whoever looks after that has its answer at once. */
  async #within<T>(
    asked: Promise<Known<T>>,
    lengthMs: number,
    patienceMs?: number,
  ): Promise<Known<T>> {
    if (patienceMs === undefined) return asked;
    const to = this.options.now();
    const bell = new AbortController();
    const late = sleep(patienceMs, undefined, { signal: bell.signal }).then(
      (): Known<T> => ({
        window: { from: to - lengthMs, to },
        refused: `${this.#titles()} has not answered yet; look again in a moment`,
      }),
    );
    late.catch(() => {});
    try {
      return await Promise.race([asked, late]);
    } finally {
      bell.abort();
    }
  }

  #titles(): string {
    return this.options.usage.sources.map(({ title }) => title).join(' and ');
  }

  async #ask<T>(
    target: ScalingTarget,
    lengthMs: number,
    read: (
      source: UsageSource,
      ...rest: Parameters<UsageSource['usage']>
    ) => Promise<T | undefined>,
  ): Promise<Known<T>> {
    const { auth, catalog, logger, now, usage } = this.options;
    const to = now();
    const window = { from: to - lengthMs, to };
    if (!usage.sources.length)
      return {
        window,
        refused:
          'Nothing records what replicas use: add a source of usage to the backend, such as the Prometheus module of scaling',
      };
    const environment = await catalog.environment(
      target.environmentRef,
      // Whoever asks may see the target, and what is found is kept for others.
      await auth.getOwnServiceCredentials(),
    );
    if (!environment)
      return {
        window,
        refused: `The catalog has no environment ${target.environmentRef} any more`,
      };
    const asked: ControlledTarget = {
      environment,
      componentRef: target.componentRef,
      workload: target.workload,
    };
    for (const source of usage.sources)
      try {
        const value = await read(source, asked, window, {
          signal: AbortSignal.timeout(timeoutMs),
        });
        if (value) return { source: source.title, window, value };
      } catch (error) {
        if (!isError(error)) throw error;
        if (error.name === 'TimeoutError')
          return {
            window,
            refused: `${source.title} did not answer within ${timeoutMs / 1000} seconds`,
          };
        if (told.includes(error.name))
          return { window, refused: error.message };
        logger.error(
          `Usage of ${target.id} cannot be read from ${source.title}`,
          error,
        );
        return {
          window,
          refused: `${source.title} could not be asked; the log of the backend says why`,
        };
      }
    return {
      window,
      refused: `${this.#titles()} recorded nothing of ${target.workload} in ${target.environmentName}`,
    };
  }
}

type Kept<T> = LRUCache<string, Promise<Known<T>>>;

function kept<T>(ttl: number): Kept<T> {
  return new LRUCache({ max: mostKept, ttl });
}

function once<T>(
  cache: Kept<T>,
  key: string,
  ask: () => Promise<Known<T>>,
): Promise<Known<T>> {
  const known = cache.get(key);
  if (known) return known;
  const asked = ask();
  cache.set(key, asked);
  const forget = () => {
    if (cache.peek(key) === asked) cache.delete(key);
  };
  // A failure may be over the next time.
  asked.then(answer => 'refused' in answer && forget(), forget);
  return asked;
}
