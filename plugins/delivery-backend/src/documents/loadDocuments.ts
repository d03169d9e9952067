import { isDeepStrictEqual } from 'node:util';
import type {
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type {
  ParsedDocuments,
  ParseProblem,
} from '../domain/pipeline/documents';
import { claimProblems } from '../domain/pipeline/claimProblems';
import { lintPipeline } from '../domain/pipeline/lintPipeline';
import type { PipelineFacts } from '../domain/pipeline/PipelineFacts';
import { parseDocuments } from '../domain/pipeline/parseDocuments';
import type { StrategyVocabulary } from '../domain/strategy/validate';
import { windowProblems } from '../domain/windows/windowProblems';
import type { DocumentStore, KeptSource } from './DocumentStore';
import { problemInWords, withSince } from './problems';
import { readLocation } from './readLocation';
import type { DocumentLocation } from './settings';

/** What reading the documents needs. */
export interface LoadOptions {
  locations: DocumentLocation[];
  /** Pipelines that the configuration names, by where it names them. */
  named: Record<string, string>;
  store: DocumentStore;
  urlReader: UrlReaderService;
  vocabulary: StrategyVocabulary;
  /** Rejects when the catalog does not answer; then everything stays as it is. */
  facts: () => Promise<PipelineFacts>;
  logger: LoggerService;
  now: () => number;
}

/**
 * Reads every location and stores what has changed. A document with a problem does not replace its last good
 * version; the others of its source are taken.
 */
export async function loadDocuments(
  options: LoadOptions,
  signal?: AbortSignal,
): Promise<void> {
  const { store, logger, now } = options;
  const at = new Date(now()).toISOString();
  let facts: PipelineFacts | undefined;
  if (options.locations.length) {
    try {
      facts = await options.facts();
    } catch (error) {
      logger.warn(
        `Pipelines and windows stay as they are: the catalog does not answer: ${error}`,
      );
      return;
    }
  }
  const before = await store.all();
  const kept = new Map(before.map(source => [source.source, source]));
  const parsed = await Promise.all(
    options.locations.map(location =>
      readAndParse(location, options, facts, signal),
    ),
  );
  if (signal?.aborted) return;
  const owners = new Map<string, string>();
  const settled = parsed.map((found, index) => {
    const source = options.locations[index].target;
    return settle(source, found, kept.get(source), owners, at);
  });
  const among = problemsAmong(settled, options.named);
  // What no document is the source of stands with the first.
  const homeOf = (problem: ParseProblem) =>
    settled.find(({ source }) => source === problem.source) ?? settled[0];
  const sources = settled.map(one => ({
    ...one,
    problems: [
      ...one.problems,
      ...withSince(
        among.filter(problem => homeOf(problem) === one),
        kept.get(one.source)?.problems,
        at,
      ),
    ],
  }));
  // What nobody changed is not written.
  if (isDeepStrictEqual(before, sources)) return;
  await store.replace(sources, at);
  for (const problem of sources.flatMap(({ problems }) => problems))
    if (problem.since === at) logger.warn(problemInWords(problem));
}

/** What is wrong with documents each of which is good by itself. All of them stay in force. */
function problemsAmong(
  sources: KeptSource[],
  named: Record<string, string>,
): ParseProblem[] {
  const pipelines = sources.flatMap(source => source.pipelines);
  const known = new Set(
    pipelines.map(({ document }) => document.metadata.name),
  );
  return [
    ...claimProblems(pipelines),
    ...Object.entries(named)
      .filter(([, name]) => !known.has(name))
      .map(([source, name]) => ({
        source,
        detail: `names '${name}', and there is no pipeline of that name in ${sources.map(each => each.source).join(', ')}`,
      })),
  ];
}

async function readAndParse(
  location: DocumentLocation,
  { urlReader, vocabulary }: LoadOptions,
  facts: PipelineFacts | undefined,
  signal: AbortSignal | undefined,
): Promise<ParsedDocuments> {
  const source = location.target;
  let text: string;
  try {
    ({ text } = await readLocation(location, { urlReader, signal }));
  } catch (error) {
    const detail = `cannot be read: ${error instanceof Error ? error.message : error}`;
    return { pipelines: [], windows: [], problems: [{ source, detail }] };
  }
  return parseDocuments(text, source, {
    pipeline: pipeline => lintPipeline(pipeline, vocabulary, facts),
    window: ({ spec }) => windowProblems(spec, facts),
  });
}

function settle(
  source: string,
  found: ParsedDocuments,
  before: KeptSource | undefined,
  owners: Map<string, string>,
  at: string,
): KeptSource {
  const problems: ParseProblem[] = [...found.problems];
  // A name belongs to the source that is configured first.
  const own = <T extends AnyDocument>(documents: T[], complain: boolean) =>
    documents.filter(({ document: { kind, metadata } }) => {
      const owner = owners.get(idOf(kind, metadata.name));
      if (owner !== undefined && complain)
        problems.push({
          source,
          field: '/metadata/name',
          detail: `${owner} has a ${kind} '${metadata.name}' already`,
        });
      return owner === undefined;
    });
  const merge = <T extends AnyDocument>(
    fresh: T[],
    old: Array<T & { loadedAt: string }> = [],
  ) => {
    const taken = own(fresh, true).map(document => {
      const same = old.find(
        ({ digest, document: { metadata } }) =>
          digest === document.digest &&
          metadata.name === document.document.metadata.name,
      );
      return { ...document, loadedAt: same?.loadedAt ?? at };
    });
    if (!found.problems.length) return taken;
    const names = new Set(taken.map(({ document }) => document.metadata.name));
    return [
      ...taken,
      // Of a source with problems nobody knows what was meant to go.
      ...own(old, false).filter(
        ({ document }) => !names.has(document.metadata.name),
      ),
    ];
  };
  const pipelines = merge(found.pipelines, before?.pipelines);
  const windows = merge(found.windows, before?.windows);
  for (const { document } of [...pipelines, ...windows])
    owners.set(idOf(document.kind, document.metadata.name), source);
  return {
    source,
    pipelines,
    windows,
    complete: before?.complete || !problems.length,
    problems: withSince(problems, before?.problems, at),
  };
}

interface AnyDocument {
  document: { kind: string; metadata: { name: string } };
  digest: string;
}

function idOf(kind: string, name: string): string {
  return `${kind} ${name}`;
}
