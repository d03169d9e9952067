import type { Knex } from 'knex';

interface DelegationRow {
  id: string;
  from_ref: string;
  to_ref: string;
  until: string;
  ended_at: string | null;
  reason: string | null;
  created_at: string;
}

/** Somebody who may vote for somebody else. Instants are ISO 8601 in UTC. */
export interface DelegationRecord {
  id: string;
  from: string;
  to: string;
  until: string;
  /** Set when it was ended before its time. */
  endedAt?: string;
  reason?: string;
  createdAt: string;
}

/** Who may vote for whom. */
export class DelegationStore {
  constructor(private readonly knex: Knex) {}

  static async insert(
    tx: Knex.Transaction,
    delegation: DelegationRecord,
  ): Promise<void> {
    await tx<DelegationRow>('delegations').insert({
      id: delegation.id,
      from_ref: delegation.from,
      to_ref: delegation.to,
      until: delegation.until,
      reason: delegation.reason ?? null,
      created_at: delegation.createdAt,
    });
  }

  /** False when it has ended already. */
  static async end(
    tx: Knex.Transaction,
    id: string,
    at: string,
  ): Promise<boolean> {
    const changed = await tx<DelegationRow>('delegations')
      .where({ id })
      .whereNull('ended_at')
      .where('until', '>', at)
      .update({ ended_at: at });
    return changed === 1;
  }

  async get(id: string): Promise<DelegationRecord | undefined> {
    const row = await this.knex<DelegationRow>('delegations')
      .where({ id })
      .first();
    return row && parse(row);
  }

  /** Those from or to a person, newest first. */
  async of(userRef: string): Promise<DelegationRecord[]> {
    const rows = await this.knex<DelegationRow>('delegations')
      .where({ from_ref: userRef })
      .orWhere({ to_ref: userRef })
      .orderBy('created_at', 'desc')
      .limit(200);
    return rows.map(parse);
  }

  /** Whose votes a person may cast now. */
  async activeTo(userRef: string, now: string): Promise<string[]> {
    const rows = await this.knex<DelegationRow>('delegations')
      .where({ to_ref: userRef })
      .whereNull('ended_at')
      .where('until', '>', now)
      .distinct('from_ref');
    return rows.map(({ from_ref }) => from_ref);
  }
}

function parse(row: DelegationRow): DelegationRecord {
  return {
    id: row.id,
    from: row.from_ref,
    to: row.to_ref,
    until: row.until,
    ...(row.ended_at && { endedAt: row.ended_at }),
    ...(row.reason && { reason: row.reason }),
    createdAt: row.created_at,
  };
}
