import { ServiceUnavailableError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { durationToMilliseconds } from '@backstage/types';
import type {
  DeliveryWindow,
  DocumentProblem,
  Pipeline,
  WindowOccurrence,
} from '@slipway/backstage-plugin-delivery-common';
import { occurrences } from '@slipway/backstage-plugin-slipway-node';
import type { WindowFacts } from '../domain/gates/facts';
import type { ApprovedException } from '../domain/windows/exceptionsInForce';
import { holdingWindows } from '../domain/windows/holdingWindows';
import { matches, type WindowTarget } from '../domain/windows/matches';
import { windowFacts } from '../domain/windows/windowFacts';
import type { GateDocuments } from '../service/gates/GateDocuments';
import type { DocumentCatalog } from '../service/PipelineService';
import type { DocumentStore, KeptPipeline, KeptSource } from './DocumentStore';
import { loadDocuments, type LoadOptions } from './loadDocuments';
import type { OwnPipelines } from './own/OwnPipelines';
import type { DocumentSettings } from './settings';

// All replicas see the same documents, no later than this.
const cacheMs = 2000;

// Nobody reads more in a calendar; an hourly window has 8,760 a year.
const mostOccurrences = 10_000;

/** The pipelines and windows in force, the same on every replica. */
export class Documents implements GateDocuments, DocumentCatalog {
  #cached?: { at: number; sources: Promise<KeptSource[]> };
  #refreshedAt = 0;

  private constructor(
    private readonly store: DocumentStore,
    private readonly settings: DocumentSettings,
    private readonly options: LoadOptions,
    private readonly own: OwnPipelines | undefined,
  ) {}

  static create(
    options: Omit<LoadOptions, 'locations' | 'named'> & {
      settings: DocumentSettings;
      /** Those of components; absent where they may have none. */
      own?: OwnPipelines;
    },
  ): Documents {
    const { settings, own, ...rest } = options;
    const { locations, defaultName, fromComponents } = settings;
    const baseline = fromComponents?.baseline;
    const named = {
      ...(defaultName && { 'delivery.pipelines.default': defaultName }),
      ...(baseline && {
        'delivery.pipelines.fromComponents.baseline': baseline,
      }),
    };
    const load = { ...rest, locations, named };
    return new Documents(options.store, settings, load, own);
  }

  /** Reads every location anew, when it is time or something is still missing. */
  async refreshWhenDue(signal?: AbortSignal): Promise<void> {
    const due =
      this.#refreshedAt + durationToMilliseconds(this.settings.refresh);
    if (this.options.now() >= due || !(await this.isComplete()))
      await this.refresh(signal);
  }

  /** Reads every location anew. For one replica at a time. */
  async refresh(signal?: AbortSignal): Promise<void> {
    this.#refreshedAt = this.options.now();
    await loadDocuments(this.options, signal);
    this.#cached = undefined;
  }

  /** Reads every component's own pipeline anew. For one replica at a time. */
  async refreshOwn(signal?: AbortSignal): Promise<void> {
    // What they are held to must be known.
    if (!(await this.isComplete()) || (await this.whyOwnUnread())) return;
    await this.own?.refresh(await this.baseline(), signal);
  }

  /** By name; those of components behind the others. */
  async pipelines(): Promise<Pipeline[]> {
    const configured = await this.configured();
    const own = (await this.own?.all()) ?? [];
    return [
      ...configured.map(pipeline => this.view(pipeline)).sort(byName),
      ...own.map(pipeline => this.view(pipeline)).sort(byName),
    ];
  }

  async problems(): Promise<DocumentProblem[]> {
    const sources = await this.current();
    return [
      ...sources.flatMap(({ problems }) => problems),
      ...((await this.own?.problems()) ?? []),
    ];
  }

  /**
   * The pipeline that names the component, or else its system, or else the component's own, or else the one that the
   * component names, or else the default. What a component says of itself never goes before what a pipeline claims.
   * Throws a `ConflictError` where the component's own has never been good.
   */
  async pipelineFor(component: {
    ref: string;
    systemRef?: string;
    pipelineName?: string;
    hasOwnPipeline?: boolean;
  }): Promise<Pipeline | undefined> {
    await this.assertComplete();
    const pipelines = (await this.configured())
      .map(pipeline => this.view(pipeline))
      .sort(byName);
    const { ref, systemRef, pipelineName } = component;
    const claimed =
      pipelines.find(({ appliesTo }) => includes(appliesTo?.components, ref)) ??
      pipelines.find(({ appliesTo }) =>
        includes(appliesTo?.systems, systemRef),
      );
    if (claimed) return claimed;
    const own = await this.own?.of(component, await this.whyOwnUnread());
    if (own) return this.view(own);
    return (
      pipelines.find(({ name }) => name === pipelineName) ??
      pipelines.find(({ isDefault }) => isDefault)
    );
  }

  /** Those that overlap [from, to), by start. */
  async occurrences(from: number, to: number): Promise<WindowOccurrence[]> {
    const windows = await this.windows();
    return windows
      .flatMap(({ metadata, spec }) =>
        occurrences(spec, from, to).map(({ start, end }) => ({
          name: metadata.name,
          title: metadata.title ?? metadata.name,
          ...(metadata.description && { description: metadata.description }),
          type: spec.type,
          start: new Date(start).toISOString(),
          end: new Date(end).toISOString(),
          timeZone: spec.timeZone,
          match: spec.match ?? {},
        })),
      )
      .sort((a, b) => (a.start < b.start ? -1 : 1))
      .slice(0, mostOccurrences);
  }

  /** What the windows that fit a target say; nothing where none fits. */
  async windowsFor(
    target: WindowTarget,
    now: number,
    exceptions: readonly ApprovedException[] = [],
  ): Promise<WindowFacts | undefined> {
    return windowFacts(await this.fittingWindows(target), now, exceptions);
  }

  /** The same of those windows that hold what is under way; closed as long as nobody knows what they are. */
  async ongoingFor(
    target: WindowTarget,
    now: number,
    exceptions: readonly ApprovedException[] = [],
  ): Promise<WindowFacts | undefined> {
    const unknown = await this.missing();
    if (unknown) return { open: false, because: [], unknown };
    return windowFacts(
      holdingWindows(await this.fitting(target)),
      now,
      exceptions,
    );
  }

  /** The windows that fit a target, as they are in force. */
  async fittingWindows(target: WindowTarget): Promise<DeliveryWindow[]> {
    await this.assertComplete();
    return this.fitting(target);
  }

  private async fitting(target: WindowTarget): Promise<DeliveryWindow[]> {
    const windows = await this.windows();
    return windows.filter(({ spec }) => matches(spec.match, target));
  }

  /** Whether every configured document has been good once. */
  async isComplete(): Promise<boolean> {
    return (await this.missing()) === undefined;
  }

  /**
   * A document that has never been read, or never been good, could have held what is asked for now. So nothing begins
   * before it is known: no gate is open because of a typing error.
   */
  private async assertComplete(): Promise<void> {
    const missing = await this.missing();
    if (missing) throw new ServiceUnavailableError(missing);
  }

  private async missing(): Promise<string | undefined> {
    const sources = await this.current();
    for (const { target } of this.settings.locations) {
      const known = sources.find(({ source }) => source === target);
      if (!known)
        return `The pipelines and windows of ${target} have not been read yet; try again in a moment`;
      if (!known.complete)
        return `${target} has mistakes and no good version before them, so nobody can tell what it would hold: ${known.problems.map(({ detail }) => detail).join('; ')}`;
    }
    return undefined;
  }

  async windows(): Promise<DeliveryWindow[]> {
    const sources = await this.current();
    return sources.flatMap(({ windows }) =>
      windows.map(({ document }) => document),
    );
  }

  private async baseline(): Promise<KeptPipeline | undefined> {
    const name = this.settings.fromComponents?.baseline;
    return (await this.configured()).find(
      ({ document }) => document.metadata.name === name,
    );
  }

  private async whyOwnUnread(): Promise<string | undefined> {
    const name = this.settings.fromComponents?.baseline;
    return name === undefined || (await this.baseline())
      ? undefined
      : `its baseline '${name}' is not among the configured pipelines`;
  }

  private async configured(): Promise<KeptPipeline[]> {
    return (await this.current()).flatMap(({ pipelines }) => pipelines);
  }

  /** What is in force, of each source. */
  async current(): Promise<KeptSource[]> {
    const now = this.options.now();
    if (!this.#cached || now - this.#cached.at >= cacheMs) {
      const sources = this.store.all();
      const cached = { at: now, sources };
      this.#cached = cached;
      // A database that fails once must not fail for as long as the cache lives.
      sources.catch(() => {
        if (this.#cached === cached) this.#cached = undefined;
      });
    }
    return this.#cached.sources;
  }

  private view({
    document,
    stages,
    digest,
    source,
    loadedAt,
    componentRef,
  }: KeptPipeline & { componentRef?: string }): Pipeline {
    const { name, title = name, description } = document.metadata;
    const { appliesTo } = document.spec;
    return {
      name,
      title,
      ...(description && { description }),
      digest,
      source,
      ...(componentRef && { componentRef }),
      isDefault: !componentRef && name === this.settings.defaultName,
      ...(appliesTo && { appliesTo }),
      stages,
      loadedAt,
    };
  }
}

function byName(one: Pipeline, other: Pipeline): number {
  return one.name < other.name ? -1 : 1;
}

function includes(
  refs: string[] | undefined,
  ref: string | undefined,
): boolean {
  return (
    ref !== undefined &&
    !!refs?.some(entry => stringifyEntityRef(parseEntityRef(entry)) === ref)
  );
}
