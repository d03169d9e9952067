import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { OWN_PIPELINE_ANNOTATION } from '../../catalog/annotations';
import type {
  ParseProblem,
  PipelineDocument,
} from '../../domain/pipeline/documents';
import type { PipelineFacts } from '../../domain/pipeline/PipelineFacts';
import { parseOwnPipeline } from '../../domain/pipeline/parseOwnPipeline';
import { withBaseline } from '../../domain/pipeline/withBaseline';
import type { StrategyVocabulary } from '../../domain/strategy/validate';
import { withSince } from '../problems';
import { readLocation } from '../readLocation';
import {
  type OwnPipelineLocation,
  ownPipelineLocation,
} from './ownPipelineLocation';
import type { KeptOwnPipeline } from './OwnPipelineStore';
import { withoutSecrets } from './withoutSecrets';

interface ReadOptions {
  urlReader: UrlReaderService;
  integrations: ScmIntegrationRegistry;
  vocabulary: StrategyVocabulary;
  facts: PipelineFacts;
  baseline?: PipelineDocument;
  /** ISO 8601 in UTC. */
  at: string;
  signal?: AbortSignal;
}

/**
 * What a component's own pipeline is now. What is not good leaves the last good version in force, held to what the
 * baseline asks for now.
 */
export async function readOwnPipeline(
  entity: Entity,
  known: KeptOwnPipeline | undefined,
  options: ReadOptions,
): Promise<KeptOwnPipeline> {
  const componentRef = stringifyEntityRef(entity);
  let found: OwnPipelineLocation;
  try {
    found = ownPipelineLocation(entity, options.integrations);
  } catch (error) {
    const source = `${componentRef} (${OWN_PIPELINE_ANNOTATION})`;
    return settle(componentRef, source, known, options, {
      problems: [{ source, detail: messageOf(error) }],
    });
  }
  const { location, source } = found;
  const same = known?.source === source ? known.reading : undefined;
  let reading: KeptOwnPipeline['reading'];
  try {
    reading = await readLocation(location, { ...options, etag: same?.etag });
  } catch (error) {
    if (!isError(error) || error.name !== 'NotModifiedError')
      return settle(componentRef, source, known, options, {
        reading: same,
        problems: [{ source, detail: `cannot be read: ${messageOf(error)}` }],
      });
    reading = same;
  }
  const parsed = parseOwnPipeline(reading?.text ?? '', source, options);
  return settle(componentRef, source, known, options, { reading, ...parsed });
}

function settle(
  componentRef: string,
  source: string,
  known: KeptOwnPipeline | undefined,
  { at, baseline }: ReadOptions,
  now: {
    reading?: KeptOwnPipeline['reading'];
    good?: PipelineDocument;
    pipeline?: PipelineDocument;
    problems?: ParseProblem[];
  },
): KeptOwnPipeline {
  const problems = [...(now.problems ?? [])];
  const good = now.good ?? known?.good;
  let { pipeline } = now;
  if (!pipeline && good) {
    const result = baseline ? withBaseline(good, baseline) : { pipeline: good };
    if ('pipeline' in result) pipeline = result.pipeline;
    else
      problems.push(
        ...result.problems.map(({ pointer, detail }) => ({
          source: good.source,
          field: pointer,
          detail: `the last good version: ${detail}`,
        })),
      );
  }
  const isKept = pipeline && known?.pipeline?.digest === pipeline.digest;
  return {
    componentRef,
    source,
    ...(now.reading && { reading: now.reading }),
    ...(good && { good }),
    ...(pipeline && {
      pipeline: {
        ...pipeline,
        loadedAt: (isKept && known?.pipeline?.loadedAt) || at,
      },
    }),
    problems: withSince(problems, known?.problems, at).map(problem => ({
      ...problem,
      componentRef,
    })),
  };
}

function messageOf(error: unknown): string {
  return withoutSecrets(error instanceof Error ? error.message : `${error}`);
}
