import type { ScalingSource } from '@slipway/backstage-plugin-scaling-common';
import type { Knex } from 'knex';

interface SourceRow {
  environment_ref: string;
  environment_name: string;
  provider: string;
  read_at: string | null;
  problem: string | null;
}

type Environment = Pick<
  ScalingSource,
  'environmentRef' | 'environmentName' | 'provider'
>;

/** The environments that are looked at, and whether they answer. */
export class SourceStore {
  constructor(private readonly knex: Knex) {}

  /** When it was last read stays, unless it is known now. */
  static async put(
    tx: Knex.Transaction,
    environment: Environment,
    outcome: { readAt: string } | { problem: string },
  ): Promise<void> {
    const row = {
      environment_name: environment.environmentName,
      provider: environment.provider,
      problem: 'problem' in outcome ? outcome.problem : null,
      ...('readAt' in outcome && { read_at: outcome.readAt }),
    };
    await tx<SourceRow>('scaling_sources')
      .insert({ environment_ref: environment.environmentRef, ...row })
      .onConflict('environment_ref')
      .merge(row);
  }

  /** Forgets environments that are no longer looked at. */
  static async keepOnly(tx: Knex.Transaction, refs: string[]): Promise<void> {
    await tx<SourceRow>('scaling_sources')
      .whereNotIn('environment_ref', refs)
      .delete();
  }

  async list(): Promise<ScalingSource[]> {
    const rows =
      await this.knex<SourceRow>('scaling_sources').orderBy('environment_name');
    return rows.map(row => ({
      environmentRef: row.environment_ref,
      environmentName: row.environment_name,
      provider: row.provider,
      ...(row.read_at && { readAt: row.read_at }),
      ...(row.problem && { problem: row.problem }),
    }));
  }
}
