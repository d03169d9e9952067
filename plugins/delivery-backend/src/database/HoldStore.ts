import type { Hold } from '@slipway/backstage-plugin-delivery-common';
import type { Knex } from 'knex';

interface HoldRow {
  id: string;
  component_ref: string;
  environment_ref: string;
  active_key: string | null;
  cause: Hold['cause'];
  reason: string;
  by_ref: string;
  created_at: string;
  released: string | null;
}

/** A hold, but for what depends on the caller. */
export type HoldRecord = Omit<Hold, 'allowedActions'>;

type Target = Pick<HoldRecord, 'componentRef' | 'environmentRef'>;

/** Where nothing is promoted automatically. */
export class HoldStore {
  constructor(private readonly knex: Knex) {}

  /** False when the target is held already: the first reason stands. */
  static async insert(
    tx: Knex.Transaction,
    hold: Omit<HoldRecord, 'active' | 'released'>,
  ): Promise<boolean> {
    const inserted = await tx<HoldRow>('holds')
      .insert({
        id: hold.id,
        component_ref: hold.componentRef,
        environment_ref: hold.environmentRef,
        active_key: keyOf(hold),
        cause: hold.cause,
        reason: hold.reason,
        by_ref: hold.by,
        created_at: hold.at,
      })
      .onConflict('active_key')
      .ignore()
      .returning('id');
    return inserted.length === 1;
  }

  /** False when it was released already. */
  static async release(
    tx: Knex.Transaction,
    id: string,
    released: NonNullable<HoldRecord['released']>,
  ): Promise<boolean> {
    const changed = await tx<HoldRow>('holds')
      .where({ id })
      .whereNotNull('active_key')
      .update({ active_key: null, released: JSON.stringify(released) });
    return changed === 1;
  }

  async get(id: string): Promise<HoldRecord | undefined> {
    const row = await this.knex<HoldRow>('holds').where({ id }).first();
    return row && parse(row);
  }

  /** What holds a target now. */
  async of(target: Target): Promise<HoldRecord | undefined> {
    const row = await this.knex<HoldRow>('holds')
      .where({ active_key: keyOf(target) })
      .first();
    return row && parse(row);
  }

  /** All that hold now, newest first. */
  async active(componentRef?: string): Promise<HoldRecord[]> {
    const matching = this.knex<HoldRow>('holds').whereNotNull('active_key');
    if (componentRef) matching.where({ component_ref: componentRef });
    return (await matching.orderBy('created_at', 'desc')).map(parse);
  }
}

function keyOf({ componentRef, environmentRef }: Target): string {
  return `${componentRef}@${environmentRef}`;
}

function parse(row: HoldRow): HoldRecord {
  return {
    id: row.id,
    componentRef: row.component_ref,
    environmentRef: row.environment_ref,
    cause: row.cause,
    reason: row.reason,
    by: row.by_ref,
    at: row.created_at,
    active: row.active_key !== null,
    ...(row.released && { released: JSON.parse(row.released) }),
  };
}
