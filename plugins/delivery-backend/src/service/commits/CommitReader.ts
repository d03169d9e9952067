import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CommitComparison } from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryCommitSource,
  SourceCommitList,
  SourceCommitRange,
  SourceLocation,
} from '@slipway/backstage-plugin-delivery-node';
import {
  askVendor,
  jsonDigest,
  type VendorUnavailableError,
} from '@slipway/backstage-plugin-slipway-node';
import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';
import type {
  CommitRangeStore,
  CommitReading,
} from '../../database/CommitRangeStore';
import type { DeliveryRegistry } from '../../registry/DeliveryRegistry';

/** Of each side. */
const listed = 50;
const readersAtOnce = 2;
const longestQueue = 50;
/** The first reading of a long history takes minutes. */
const longestReadingMs = 5 * 60_000;
/** What cannot be read is not asked for again before. */
const patienceMs = 5 * 60_000;
/** Most readings are over by then, and whoever asked need not ask again. */
const waitMs = 1500;

/** Between which commits of which sources. */
export interface CommitRange {
  location: SourceLocation;
  from: string;
  to: string;
}

/**
 * Knows what lies between two commits. What was read once is kept for all replicas, since it never changes. What was not
 * is read in the background, each range once; when the backend stops meanwhile, whoever asks next begins anew.
 */
export class CommitReader {
  readonly #limit = pLimit(readersAtOnce);
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(
    private readonly options: {
      logger: LoggerService;
      now: () => number;
      registry: Pick<DeliveryRegistry, 'commitSources'>;
      store: CommitRangeStore;
    },
  ) {}

  async between(range: CommitRange): Promise<CommitComparison> {
    const { now, registry, store } = this.options;
    const source = registry.commitSources.find(one =>
      one.reads(range.location),
    );
    if (!source) return { state: 'unknown', reason: this.#nobodyReads(range) };
    const { type, target } = range.location;
    const id = jsonDigest([type, target, range.from, range.to]);
    const known = await store.get(id);
    if (known?.range || (known && now() - Date.parse(known.at) < patienceMs))
      return comparison(known);
    const reading = this.#read(id, source, range);
    await Promise.race([
      reading,
      setTimeout(waitMs, undefined, { ref: false }),
    ]);
    return this.#underWay.has(id)
      ? { state: 'reading' }
      : comparison(await store.get(id));
  }

  /** What is being read will be read when somebody asks for it again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#underWay.values());
  }

  #nobodyReads({ location: { type } }: CommitRange): string {
    return this.options.registry.commitSources.length
      ? `No module reads the history of sources at '${type}:'; let the component say where they are (backstage.io/source-location)`
      : 'No module reads the history of sources; install delivery-backend-module-git';
  }

  #read(
    id: string,
    source: DeliveryCommitSource,
    range: CommitRange,
  ): Promise<void> {
    const before = this.#underWay.get(id);
    if (before) return before;
    if (this.#limit.pendingCount >= longestQueue) return Promise.resolve();
    const reading = this.#limit(async () => {
      const { logger, store } = this.options;
      try {
        const came = await this.#ask(source, range);
        if (!this.#stopping.signal.aborted) await store.put(id, came);
      } catch (error) {
        logger.warn(`What was read of commits could not be kept: ${error}`);
      } finally {
        this.#underWay.delete(id);
      }
    });
    this.#underWay.set(id, reading);
    return reading;
  }

  async #ask(
    source: DeliveryCommitSource,
    range: CommitRange,
  ): Promise<CommitReading> {
    const { logger, now } = this.options;
    const timeout = AbortSignal.timeout(longestReadingMs);
    const signal = AbortSignal.any([timeout, this.#stopping.signal]);
    const at = new Date(now()).toISOString();
    try {
      const answer = await askVendor(source.title, () =>
        Promise.race([
          source.between(range, { limit: listed, signal }),
          rejectedBy(signal),
        ]),
      );
      return { at, range: checked(answer) };
    } catch (error) {
      if (timeout.aborted)
        return { at, problem: 'Reading them takes longer than 5 minutes' };
      const { message, reason } = error as VendorUnavailableError;
      if (reason && !signal.aborted)
        logger.warn(
          `${source.title} did not read commits of ${range.location.target}: ${reason.message}`,
        );
      return { at, problem: message };
    }
  }
}

function comparison(reading: CommitReading | undefined): CommitComparison {
  if (!reading) return { state: 'reading' };
  return reading.range
    ? { state: 'known', ...reading.range }
    : { state: 'unknown', reason: reading.problem };
}

/** A module that does not heed the signal keeps nobody waiting. */
function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}

function checked({ added, removed }: SourceCommitRange): SourceCommitRange {
  return { added: checkedList(added), removed: checkedList(removed) };
}

function checkedList({ items, total }: SourceCommitList): SourceCommitList {
  return {
    total,
    items: items.slice(0, listed).map(({ url, ...commit }) => ({
      ...commit,
      // It becomes a link on a page.
      ...(url && /^https?:\/\//i.test(url) && { url }),
    })),
  };
}
