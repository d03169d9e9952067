import {
  type ComponentScope,
  type CreationPage,
  pageByCreation,
  type PageOf,
  whereInScope,
} from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { type ChangeState, hasEnded } from '../domain/change/state';
import type { ChangeDocument } from '../domain/change/view';

interface ChangeRow {
  id: string;
  target_id: string;
  number: number;
  component_ref: string;
  environment_ref: string;
  /** A number on SQLite. */
  active: boolean | number;
  created_at: string;
  document: string;
  state: string;
}

/** A change as it is shown, and what its actions depend on. */
export interface StoredChange {
  change: ChangeDocument;
  state: ChangeState;
}

/** The read table of changes. */
export class ChangeStore {
  constructor(private readonly knex: Knex) {}

  static async upsert(
    tx: Knex.Transaction,
    { change, state }: StoredChange,
  ): Promise<void> {
    const row: ChangeRow = {
      id: change.id,
      target_id: change.targetId,
      number: state.asked.number,
      component_ref: change.componentRef,
      environment_ref: change.environmentRef,
      active: !hasEnded(state),
      created_at: change.createdAt,
      document: JSON.stringify(change),
      state: JSON.stringify(state),
    };
    await tx<ChangeRow>('scaling_changes').insert(row).onConflict('id').merge();
  }

  async get(id: string): Promise<StoredChange | undefined> {
    const row = await this.knex<ChangeRow>('scaling_changes')
      .where({ id })
      .first();
    return row && parse(row);
  }

  /** The change of a target that has not ended. There is one at the most. */
  async activeOf(
    targetId: string,
    tx?: Knex.Transaction,
  ): Promise<StoredChange | undefined> {
    const row = await (tx ?? this.knex)<ChangeRow>('scaling_changes')
      .where({ target_id: targetId, active: true })
      .first();
    return row && parse(row);
  }

  /** For the next change of a target: no two have the same. */
  static async nextNumber(
    tx: Knex.Transaction,
    targetId: string,
  ): Promise<number> {
    const last = await tx<ChangeRow>('scaling_changes')
      .where({ target_id: targetId })
      .orderBy('number', 'desc')
      .first();
    return (last?.number ?? 0) + 1;
  }

  async componentRefs(): Promise<string[]> {
    return this.knex<ChangeRow>('scaling_changes')
      .distinct('component_ref')
      .pluck('component_ref');
  }

  async list(
    query: {
      scope: ComponentScope;
      environmentRef?: string;
      targetId?: string;
      active?: boolean;
    } & CreationPage,
  ): Promise<PageOf<StoredChange>> {
    const matching = this.knex<ChangeRow>('scaling_changes');
    whereInScope(this.knex, matching, query.scope);
    if (query.environmentRef)
      matching.where({ environment_ref: query.environmentRef });
    if (query.targetId) matching.where({ target_id: query.targetId });
    if (query.active !== undefined) matching.where({ active: query.active });
    return pageByCreation(matching, query, parse);
  }
}

function parse(row: ChangeRow): StoredChange {
  return { change: JSON.parse(row.document), state: JSON.parse(row.state) };
}
