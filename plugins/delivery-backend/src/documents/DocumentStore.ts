import type { DocumentProblem } from '@slipway/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type {
  PipelineDocument,
  WindowDocument,
} from '../domain/pipeline/documents';

interface DocumentRow {
  source: string;
  position: number;
  documents: string;
  problems: string;
  checked_at: string;
}

/** A document in force. `loadedAt` is when this version was taken, ISO 8601 in UTC. */
export type KeptPipeline = PipelineDocument & { loadedAt: string };
type KeptWindow = WindowDocument & { loadedAt: string };

/** What is in force of one source, and why what was read last is not. */
export interface KeptSource {
  source: string;
  pipelines: KeptPipeline[];
  windows: KeptWindow[];
  problems: DocumentProblem[];
  /** Whether all of it was good once. Before that nobody knows what it would have held. */
  complete: boolean;
}

/** The last good version of every document. It outlives a restart while its source does not answer. */
export class DocumentStore {
  constructor(private readonly knex: Knex) {}

  /** In the order of the configuration. */
  async all(): Promise<KeptSource[]> {
    const rows = await this.knex<DocumentRow>('delivery_documents').orderBy([
      'position',
      'source',
    ]);
    return rows.map(parse);
  }

  /** Makes these the only sources. */
  async replace(sources: KeptSource[], at: string): Promise<void> {
    await this.knex.transaction(async tx => {
      await tx<DocumentRow>('delivery_documents')
        .whereNotIn(
          'source',
          sources.map(({ source }) => source),
        )
        .delete();
      for (const [
        position,
        { source, problems, ...documents },
      ] of sources.entries())
        await tx<DocumentRow>('delivery_documents')
          .insert({
            source,
            position,
            documents: JSON.stringify(documents),
            problems: JSON.stringify(problems),
            checked_at: at,
          })
          .onConflict('source')
          .merge();
    });
  }
}

function parse({ source, documents, problems }: DocumentRow): KeptSource {
  return {
    source,
    ...(JSON.parse(documents) as Pick<
      KeptSource,
      'pipelines' | 'windows' | 'complete'
    >),
    problems: JSON.parse(problems) as DocumentProblem[],
  };
}
