import type {
  AuthService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { isSameJson } from '@slipway/backstage-plugin-slipway-node';
import { OWN_PIPELINE_ANNOTATION } from '../../catalog/annotations';
import type { PipelineDocument } from '../../domain/pipeline/documents';
import type { PipelineFacts } from '../../domain/pipeline/PipelineFacts';
import type { StrategyVocabulary } from '../../domain/strategy/validate';
import type { OwnPipelineStore } from './OwnPipelineStore';
import { problemInWords } from '../problems';
import { readOwnPipeline } from './readOwnPipeline';

const readersAtOnce = 8;

/** What reading the pipelines of components needs. */
export interface LoadOwnOptions {
  store: OwnPipelineStore;
  catalog: CatalogService;
  auth: AuthService;
  urlReader: UrlReaderService;
  integrations: ScmIntegrationRegistry;
  vocabulary: StrategyVocabulary;
  facts: () => Promise<PipelineFacts>;
  logger: LoggerService;
  now: () => number;
}

/**
 * Reads the pipeline of every component that names one, and stores what has changed. Each is stored when it is read, so
 * that one that does not answer keeps no other. When the catalog does not answer, all stays as it is.
 */
export async function loadOwnPipelines(
  options: LoadOwnOptions,
  baseline: PipelineDocument | undefined,
  signal?: AbortSignal,
): Promise<void> {
  const { store, logger, now } = options;
  const at = new Date(now()).toISOString();
  let entities: Entity[];
  let facts: PipelineFacts;
  try {
    entities = await annotated(options);
    facts = await options.facts();
  } catch (error) {
    logger.warn(
      `The pipelines of components stay as they are: the catalog does not answer: ${error}`,
    );
    return;
  }
  const before = new Map(
    (await store.all()).map(kept => [kept.componentRef, kept]),
  );
  const refs = new Set(entities.map(stringifyEntityRef));
  for (const ref of before.keys()) if (!refs.has(ref)) await store.delete(ref);

  const queue = entities.values();
  const reader = async () => {
    for (const entity of queue) {
      if (signal?.aborted) return;
      const known = before.get(stringifyEntityRef(entity));
      const kept = await readOwnPipeline(entity, known, {
        ...options,
        facts,
        baseline,
        at,
        signal,
      });
      if (signal?.aborted) return;
      // What nobody changed is not written.
      if (isSameJson(known, kept)) continue;
      await store.put(kept);
      for (const problem of kept.problems)
        if (problem.since === at)
          logger.warn(`${kept.componentRef}: ${problemInWords(problem)}`);
    }
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));
}

async function annotated({ catalog, auth }: LoadOwnOptions): Promise<Entity[]> {
  const { items } = await catalog.getEntities(
    {
      filter: {
        kind: 'Component',
        [`metadata.annotations.${OWN_PIPELINE_ANNOTATION}`]:
          CATALOG_FILTER_EXISTS,
      },
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.annotations',
      ],
    },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  return items;
}
