import type { Knex } from 'knex';
import {
  type ComponentScope,
  type CreationPage,
  pageByCreation,
  type PageOf,
  whereInScope,
} from '@slipway/backstage-plugin-slipway-node';
import type { ReleaseDocument } from '../domain/release/releaseWorkflow';

interface ReleaseRow {
  id: string;
  component_ref: string;
  version: string;
  digest: string;
  created_at: string;
  document: string;
}

/** The releases' read table. */
export class ReleaseStore {
  constructor(private readonly knex: Knex) {}

  static async insert(
    tx: Knex.Transaction,
    release: ReleaseDocument,
  ): Promise<void> {
    await tx<ReleaseRow>('releases').insert({
      id: release.id,
      component_ref: release.componentRef,
      version: release.version,
      digest: release.digest,
      created_at: release.createdAt,
      document: JSON.stringify(release),
    });
  }

  /** What people say of a release; its content never changes. */
  static async update(
    tx: Knex.Transaction,
    release: ReleaseDocument,
  ): Promise<void> {
    await tx<ReleaseRow>('releases')
      .where({ id: release.id })
      .update({ document: JSON.stringify(release) });
  }

  async get(
    id: string,
    tx?: Knex.Transaction,
  ): Promise<ReleaseDocument | undefined> {
    const row = await (tx ?? this.knex)<ReleaseRow>('releases')
      .where({ id })
      .first();
    return row && parse(row);
  }

  async find(
    componentRef: string,
    version: string,
    tx?: Knex.Transaction,
  ): Promise<ReleaseDocument | undefined> {
    const row = await (tx ?? this.knex)<ReleaseRow>('releases')
      .where({ component_ref: componentRef, version })
      .first();
    return row && parse(row);
  }

  /** Those of the releases that there are, by identifier. */
  async byIds(ids: string[]): Promise<Map<string, ReleaseDocument>> {
    if (!ids.length) return new Map();
    const rows = await this.knex<ReleaseRow>('releases').whereIn('id', ids);
    return new Map(rows.map(row => [row.id, parse(row)]));
  }

  /** Components that have releases. */
  async componentRefs(): Promise<string[]> {
    const rows =
      await this.knex<ReleaseRow>('releases').distinct('component_ref');
    return rows.map(row => row.component_ref);
  }

  async list(
    query: { scope: ComponentScope; version?: string } & CreationPage,
  ): Promise<PageOf<ReleaseDocument>> {
    const matching = this.knex<ReleaseRow>('releases');
    whereInScope(this.knex, matching, query.scope);
    if (query.version) matching.where({ version: query.version });
    return pageByCreation(matching, query, parse);
  }
}

function parse(row: ReleaseRow): ReleaseDocument {
  return JSON.parse(row.document);
}
