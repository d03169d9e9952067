import type { Knex } from 'knex';
import type { KnownDependencies } from '../domain/release/dependencies';

interface DependenciesRow {
  release_id: string;
  dependencies: string;
}

/** What releases are made of. They never change; it stands apart because it is long, and seldom wanted. */
export class ReleaseDependencyStore {
  constructor(private readonly knex: Knex) {}

  static async insert(
    tx: Knex.Transaction,
    releaseId: string,
    dependencies: KnownDependencies,
  ): Promise<void> {
    await tx<DependenciesRow>('release_dependencies').insert({
      release_id: releaseId,
      dependencies: JSON.stringify(dependencies),
    });
  }

  /** Those that are known, by release. */
  async of(releaseIds: string[]): Promise<Map<string, KnownDependencies>> {
    const rows = await this.knex<DependenciesRow>(
      'release_dependencies',
    ).whereIn('release_id', releaseIds);
    return new Map(
      rows.map(({ release_id: id, dependencies }) => [
        id,
        JSON.parse(dependencies),
      ]),
    );
  }
}
