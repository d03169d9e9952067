import {
  type ComponentScope,
  type CreationPage,
  pageByCreation,
  type PageOf,
  whereInScope,
} from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { type ChangeState, hasEnded, isFollowed } from '../domain/change/state';
import type { ChangeDocument } from '../domain/change/view';

interface ChangeRow {
  id: string;
  target_id: string;
  number: number;
  /** Of a target at most one that is active in each. */
  lane: string;
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
      lane: laneOf(change.id, state),
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

  /** The change by hand of a target, or the policy that has taken its place there, which has not ended. */
  async activeOf(
    targetId: string,
    lane: ChangeState['asked']['kind'],
    tx?: Knex.Transaction,
  ): Promise<StoredChange | undefined> {
    const row = await (tx ?? this.knex)<ChangeRow>('scaling_changes')
      .where({ target_id: targetId, lane, active: true })
      .first();
    return row && parse(row);
  }

  /** The policies that Slipway follows by itself now. */
  async followed(): Promise<StoredChange[]> {
    const rows = await this.knex<ChangeRow>('scaling_changes')
      .where({ lane: 'policy', active: true })
      .orderBy('id');
    return rows.map(parse).filter(({ state }) => isFollowed(state));
  }

  /** Of the policies of a target that have taken their place, the last. */
  async lastPlaced(targetId: string): Promise<StoredChange | undefined> {
    const rows = await this.knex<ChangeRow>('scaling_changes')
      .where({ target_id: targetId, lane: 'policy' })
      .orderBy('number', 'desc');
    return rows
      .map(parse)
      .sort((a, b) => (b.state.order ?? 0) - (a.state.order ?? 0))[0];
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

/** A policy that waits for people stands in nobody's way. */
function laneOf(id: string, { asked, before }: ChangeState): string {
  if (asked.kind === 'scale') return 'scale';
  return before ? 'policy' : id;
}

function parse(row: ChangeRow): StoredChange {
  return { change: JSON.parse(row.document), state: JSON.parse(row.state) };
}
