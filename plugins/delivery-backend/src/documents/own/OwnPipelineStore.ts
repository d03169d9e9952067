import type { DocumentProblem } from '@slipway/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { PipelineDocument } from '../../domain/pipeline/documents';
import type { KeptPipeline } from '../DocumentStore';

interface OwnPipelineRow {
  component_ref: string;
  source: string;
  reading: string | null;
  good: string | null;
  pipeline: string | null;
  problems: string;
}

/** What is known of the document that a component names. */
export interface KeptOwnPipeline {
  componentRef: string;
  /** As people may see it. */
  source: string;
  /** What was read last, good or not. */
  reading?: { text: string; etag?: string };
  /** The last good version, as it was written. */
  good?: PipelineDocument;
  /** What is in force: that with what the baseline asks for. */
  pipeline?: KeptPipeline;
  problems: DocumentProblem[];
}

/** The pipelines of components' own repositories, the same on every replica. */
export class OwnPipelineStore {
  constructor(private readonly knex: Knex) {}

  async get(componentRef: string): Promise<KeptOwnPipeline | undefined> {
    const row = await this.knex<OwnPipelineRow>('delivery_component_pipelines')
      .where({ component_ref: componentRef })
      .first();
    return row && parse(row);
  }

  /** By component. */
  async all(): Promise<KeptOwnPipeline[]> {
    const rows = await this.knex<OwnPipelineRow>(
      'delivery_component_pipelines',
    ).orderBy('component_ref');
    return rows.map(parse);
  }

  async put({
    componentRef,
    source,
    reading,
    good,
    pipeline,
    problems,
  }: KeptOwnPipeline): Promise<void> {
    await this.knex<OwnPipelineRow>('delivery_component_pipelines')
      .insert({
        component_ref: componentRef,
        source,
        reading: reading ? JSON.stringify(reading) : null,
        good: good ? JSON.stringify(good) : null,
        pipeline: pipeline ? JSON.stringify(pipeline) : null,
        problems: JSON.stringify(problems),
      })
      .onConflict('component_ref')
      .merge();
  }

  async delete(componentRef: string): Promise<void> {
    await this.knex<OwnPipelineRow>('delivery_component_pipelines')
      .where({ component_ref: componentRef })
      .delete();
  }
}

function parse(row: OwnPipelineRow): KeptOwnPipeline {
  const { component_ref: componentRef, source, problems } = row;
  return {
    componentRef,
    source,
    ...(row.reading && { reading: JSON.parse(row.reading) }),
    ...(row.good && { good: JSON.parse(row.good) }),
    ...(row.pipeline && { pipeline: JSON.parse(row.pipeline) }),
    problems: JSON.parse(problems),
  };
}
