import type { SourceCommitRange } from '@slipway/backstage-plugin-delivery-node';
import type { Knex } from 'knex';

interface CommitRangeRow {
  id: string;
  range: string | null;
  problem: string | null;
  read_at: string;
}

/** What came of reading: commits, or why there are none. */
export type CommitReading = { at: string } & (
  | { range: SourceCommitRange; problem?: undefined }
  | { range?: undefined; problem: string }
);

/** What was read of the history of sources, the same on every replica. */
export class CommitRangeStore {
  constructor(private readonly knex: Knex) {}

  async get(id: string): Promise<CommitReading | undefined> {
    const row = await this.knex<CommitRangeRow>('commit_ranges')
      .where({ id })
      .first();
    if (!row) return undefined;
    return row.range === null
      ? { at: row.read_at, problem: row.problem ?? '' }
      : { at: row.read_at, range: JSON.parse(row.range) };
  }

  /** What is known stays: it never changes, and another replica may fail to read it. */
  async put(id: string, { at, range, problem }: CommitReading): Promise<void> {
    await this.knex<CommitRangeRow>('commit_ranges')
      .insert({
        id,
        range: range ? JSON.stringify(range) : null,
        problem: problem ?? null,
        read_at: at,
      })
      .onConflict('id')
      .merge()
      .whereNull('commit_ranges.range');
  }

  /** Forgets what was read before an instant. */
  async purge(before: string): Promise<void> {
    await this.knex<CommitRangeRow>('commit_ranges')
      .where('read_at', '<', before)
      .delete();
  }
}
