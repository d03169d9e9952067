import type { Knex } from 'knex';
import {
  type ComponentScope,
  type CreationPage,
  pageByCreation,
  type PageOf,
  whereInScope,
} from '@slipway/backstage-plugin-slipway-node';
import type { Refusals } from '../domain/rollout/actions';
import type { RolloutDocument } from '../domain/rollout/view';

interface RolloutRow {
  id: string;
  version: number;
  component_ref: string;
  environment_ref: string;
  release_id: string;
  phase: string;
  waiting_for: string | null;
  active: boolean;
  /** Only the number of copies changes. */
  scaling: boolean;
  created_at: string;
  document: string;
  refusals: string;
}

/** A rollout, and for each action why its state forbids it. */
export interface StoredRollout {
  rollout: RolloutDocument;
  refusals: Refusals;
}

/** How one rollout ended. */
export interface Outcome {
  componentRef: string;
  environmentRef: string;
  phase: string;
  releaseId: string;
}

/** The rollouts' read table. */
export class RolloutStore {
  constructor(private readonly knex: Knex) {}

  static async upsert(
    tx: Knex.Transaction,
    { rollout, refusals }: StoredRollout,
  ): Promise<void> {
    const row: RolloutRow = {
      id: rollout.id,
      version: rollout.version,
      component_ref: rollout.componentRef,
      environment_ref: rollout.environmentRef,
      release_id: rollout.release.id,
      phase: rollout.phase,
      waiting_for: rollout.waitingFor ?? null,
      active: rollout.finishedAt === undefined,
      scaling: rollout.kind === 'scale',
      created_at: rollout.createdAt,
      document: JSON.stringify(rollout),
      refusals: JSON.stringify(refusals),
    };
    await tx<RolloutRow>('rollouts').insert(row).onConflict('id').merge();
  }

  async get(
    id: string,
    tx?: Knex.Transaction,
  ): Promise<StoredRollout | undefined> {
    const row = await (tx ?? this.knex)<RolloutRow>('rollouts')
      .where({ id })
      .first();
    return row && parse(row);
  }

  /** Those of the rollouts that are rollbacks. */
  async rollbacksAmong(ids: string[]): Promise<Set<string>> {
    if (!ids.length) return new Set();
    const rows = await this.knex<RolloutRow>('rollouts').whereIn('id', ids);
    return new Set(
      rows
        .map(row => parse(row).rollout)
        .filter(({ kind }) => kind === 'rollback')
        .map(({ id }) => id),
    );
  }

  /**
   * When a release last ran in an environment, epoch milliseconds, and whether it was left by going back; nothing when it
   * never ran.
   */
  async lastRun(key: {
    componentRef: string;
    environmentRef: string;
    releaseId: string;
  }): Promise<{ since?: number; until?: number; wasRolledBack?: boolean }> {
    const succeeded = () =>
      this.knex<RolloutRow>('rollouts').where({
        component_ref: key.componentRef,
        environment_ref: key.environmentRef,
        phase: 'succeeded',
        scaling: false,
      });
    const mine = await succeeded()
      .where({ release_id: key.releaseId })
      .orderBy('created_at', 'desc')
      .first();
    if (!mine) return {};
    const after = await succeeded()
      .where('created_at', '>', mine.created_at)
      .orderBy('created_at', 'asc')
      .first();
    const endOf = (row: RolloutRow) =>
      Date.parse(String(parse(row).rollout.finishedAt));
    return {
      since: endOf(mine),
      ...(after && {
        until: endOf(after),
        wasRolledBack: parse(after).rollout.kind === 'rollback',
      }),
    };
  }

  /** How the rollouts of a target ended since an instant (ISO 8601). */
  async outcomes(query: {
    componentRef: string;
    environmentRef: string;
    since: string;
  }): Promise<Outcome[]> {
    const rows = await this.outcomesOf([query.componentRef], query.since);
    return rows.filter(
      ({ environmentRef }) => environmentRef === query.environmentRef,
    );
  }

  /** How the rollouts of components ended since an instant (ISO 8601). */
  async outcomesOf(componentRefs: string[], since: string): Promise<Outcome[]> {
    const rows = await this.knex<RolloutRow>('rollouts')
      .whereIn('component_ref', componentRefs)
      .where({ active: false, scaling: false })
      .where('created_at', '>=', since)
      .select('component_ref', 'environment_ref', 'phase', 'release_id');
    return rows.map(row => ({
      componentRef: row.component_ref,
      environmentRef: row.environment_ref,
      phase: row.phase,
      releaseId: row.release_id,
    }));
  }

  /** Those of the rollouts that there are, by identifier. */
  async byIds(ids: string[]): Promise<Map<string, StoredRollout>> {
    if (!ids.length) return new Map();
    const rows = await this.knex<RolloutRow>('rollouts').whereIn('id', ids);
    return new Map(rows.map(row => [row.id, parse(row)]));
  }

  /** Rollouts of a release that have not ended. */
  async activeOf(
    releaseId: string,
    tx?: Knex.Transaction,
  ): Promise<StoredRollout[]> {
    const rows = await (tx ?? this.knex)<RolloutRow>('rollouts').where({
      release_id: releaseId,
      active: true,
    });
    return rows.map(parse);
  }

  async list(
    query: {
      scope: ComponentScope;
      environmentRef?: string;
      active?: boolean;
      waitingFor?: string;
      /** Those too that only change the number of copies. */
      withScaling?: boolean;
    } & CreationPage,
  ): Promise<PageOf<StoredRollout>> {
    const matching = this.knex<RolloutRow>('rollouts');
    whereInScope(this.knex, matching, query.scope);
    if (query.environmentRef)
      matching.where({ environment_ref: query.environmentRef });
    if (query.active !== undefined) matching.where({ active: query.active });
    if (!query.withScaling) matching.where({ scaling: false });
    if (query.waitingFor) matching.where({ waiting_for: query.waitingFor });
    return pageByCreation(matching, query, parse);
  }
}

function parse(row: RolloutRow): StoredRollout {
  return {
    rollout: JSON.parse(row.document),
    refusals: JSON.parse(row.refusals),
  };
}
