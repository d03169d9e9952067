import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Database, Statement } from './Database';

export interface IdempotencyEntry {
  scope: string;
  key: string;
  runId: string;
  commandHash: string;
  /** The result is the events after this version … */
  fromVersion: number;
  /** … up to this one. */
  toVersion: number;
}

const sortKeys = (_key: string, value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;

/** Equal for commands that are equal as JSON, whatever the order of their keys. */
export function hashCommand(command: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(command, sortKeys))
    .digest('hex');
}

/** Writes nothing and returns no row when the key is taken. */
export function insertIdempotency(
  entry: IdempotencyEntry,
  now: number,
): Statement {
  return {
    sql: `INSERT INTO engine_idempotency (scope, key, run_id, command_hash, from_version, to_version, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, key) DO NOTHING RETURNING run_id`,
    bindings: [
      entry.scope,
      entry.key,
      entry.runId,
      entry.commandHash,
      entry.fromVersion,
      entry.toVersion,
      now,
    ],
  };
}

export class IdempotencyStore {
  constructor(private readonly database: Database) {}

  async find(
    connection: Knex,
    scope: string,
    key: string,
  ): Promise<IdempotencyEntry | undefined> {
    const [row] = await this.database.query<{
      run_id: string;
      command_hash: string;
      from_version: number;
      to_version: number;
    }>(connection, {
      sql: 'SELECT run_id, command_hash, from_version, to_version FROM engine_idempotency WHERE scope = ? AND key = ?',
      bindings: [scope, key],
    });
    return (
      row && {
        scope,
        key,
        runId: row.run_id,
        commandHash: row.command_hash,
        fromVersion: row.from_version,
        toVersion: row.to_version,
      }
    );
  }

  /** Takes the key, or returns false when someone else has it; waits for one who is just taking it. */
  async take(
    tx: Knex.Transaction,
    entry: IdempotencyEntry,
    now: number,
  ): Promise<boolean> {
    const rows = await this.database.query(tx, insertIdempotency(entry, now));
    return rows.length === 1;
  }

  /** @returns how many were deleted */
  async purge(olderThanMs: number): Promise<number> {
    return this.database
      .knex('engine_idempotency')
      .where('created_at', '<', this.database.now() - olderThanMs)
      .delete();
  }
}
