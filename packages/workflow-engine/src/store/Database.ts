import type { Knex } from 'knex';
import { UnsupportedDatabaseError } from '../errors';
import type { SqliteConnection, WrittenRows } from './PreparedStatements';
import { runPrepared, writePrepared } from './PreparedStatements';
import type { PgConnection } from './PgStatements';
import { PgStatements } from './PgStatements';

export type Binding = string | number | null;

export interface Statement {
  sql: string;
  bindings: readonly Binding[];
  /** In place of a RETURNING in `sql`, which costs SQLite as much again as the write. */
  returning?: {
    columns: string;
    /** The same rows from what SQLite says anyway, where that is enough. */
    rows?(written: WrittenRows): Row[];
  };
}

/** Rows of a statement that writes at most one, and of which only its number matters. */
export const counted = (column: string): Statement['returning'] => ({
  columns: column,
  rows: ({ changes }) => (changes > 0 ? [{}] : []),
});

const returningSql = ({ sql, returning }: Statement): string =>
  returning ? `${sql} RETURNING ${returning.columns}` : sql;

const runOnSqlite = (
  raw: SqliteConnection,
  statement: Statement,
): unknown[] => {
  const { sql, bindings, returning } = statement;
  return returning?.rows
    ? returning.rows(writePrepared(raw, sql, bindings))
    : runPrepared(raw, returningSql(statement), bindings);
};

export type Row = Record<string, unknown>;

/** pg_current_xact_id and pg_snapshot_xip, which the feed is built on, came with version 13. */
const OLDEST_POSTGRES = 130000;

export type Dialect = 'postgres' | 'sqlite';

/** @throws UnsupportedDatabaseError when knex was made for another database */
export function dialectOf(knex: Knex): Dialect {
  switch (knex.client.dialect) {
    case 'postgresql':
      return 'postgres';
    case 'sqlite3':
      return 'sqlite';
    default:
      throw new UnsupportedDatabaseError(
        `The workflow engine runs on Postgres (pg) and SQLite (better-sqlite3), not on '${knex.client.dialect}'; configure one of them`,
      );
  }
}

/** @throws UnsupportedDatabaseError when Postgres is older than 13 */
export async function assertSupported(knex: Knex): Promise<void> {
  if (dialectOf(knex) === 'sqlite') {
    return;
  }
  const { rows } = await knex.raw('SHOW server_version_num');
  if (Number(rows[0].server_version_num) < OLDEST_POSTGRES) {
    throw new UnsupportedDatabaseError(
      `The workflow engine needs Postgres 13 or newer, this server reports ${rows[0].server_version_num}; upgrade the server`,
    );
  }
}

/** The few things in which the two databases differ, and the only place that runs SQL. */
export class Database {
  readonly dialect: Dialect;
  /** Ends a SELECT that must not wait for rows that another worker holds; empty on SQLite, which has one writer. */
  readonly skipLocked: string;
  readonly #injectedClock?: { now(): number };
  readonly #pgStatements = new PgStatements();
  /** What Postgres' clock said, minus the process's monotonic clock: the wall clock may jump. */
  #offsetMs = Date.now() - performance.now();

  constructor(
    readonly knex: Knex,
    clock?: { now(): number },
  ) {
    this.dialect = dialectOf(knex);
    this.skipLocked =
      this.dialect === 'postgres' ? 'FOR UPDATE SKIP LOCKED' : '';
    this.#injectedClock = clock;
  }

  /** Epoch milliseconds: the best guess of what the database's clock says, without asking it. */
  now(): number {
    if (this.#injectedClock) {
      return Math.floor(this.#injectedClock.now());
    }
    return this.dialect === 'postgres'
      ? Math.floor(performance.now() + this.#offsetMs)
      : Date.now();
  }

  /** What a test's clock says, when there is one. */
  injectedNow(): number | undefined {
    return this.#injectedClock && this.now();
  }

  /** SQL for the current time. The database asks its own clock, so that leases do not depend on ours. */
  nowSql(): string {
    if (this.#injectedClock) {
      return `CAST(${this.now()} AS bigint)`;
    }
    return this.dialect === 'postgres'
      ? 'CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint)'
      : "CAST(ROUND(unixepoch('subsec') * 1000) AS bigint)";
  }

  /** Takes over the time that a statement read by nowSql(). */
  learnNow(databaseNow: number): void {
    this.#offsetMs = databaseNow - performance.now();
  }

  /** Learns the database's clock; the engine's looks for work do it ever after. */
  async synchronizeClock(): Promise<void> {
    const [row] = await this.query<{ now_ms: string | number }>(this.knex, {
      sql: `SELECT ${this.nowSql()} AS now_ms`,
      bindings: [],
    });
    this.learnNow(Number(row.now_ms));
  }

  async transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.knex.transaction(async tx => {
      await this.takeWriteLock(tx);
      return work(tx);
    });
  }

  /**
   * SQLite: knex begins deferred, so a transaction that reads first can fail when it comes to write.
   * A write that touches nothing takes the write lock at once. Postgres needs no such thing.
   */
  async takeWriteLock(tx: Knex.Transaction): Promise<void> {
    if (this.dialect === 'sqlite') {
      await this.execute(tx, 'DELETE FROM engine_targets WHERE 0');
    }
  }

  async query<R = Row>(connection: Knex, statement: Statement): Promise<R[]> {
    return this.#onConnection(connection, async raw =>
      this.dialect === 'postgres'
        ? ((await this.#pgStatements.run(
            raw,
            returningSql(statement),
            statement.bindings,
          )) as R[])
        : (runOnSqlite(raw, statement) as R[]),
    );
  }

  /**
   * SQLite: a transaction in one turn of the event loop, with the write lock from its beginning. Whatever is thrown
   * leaves nothing written.
   */
  async inOneTurn<T>(
    work: (run: (statement: Statement) => Row[]) => T,
  ): Promise<T> {
    return this.#onConnection(this.knex, raw => {
      runPrepared(raw, 'BEGIN IMMEDIATE', []);
      try {
        const result = work(statement => runOnSqlite(raw, statement) as Row[]);
        runPrepared(raw, 'COMMIT', []);
        return result;
      } catch (error) {
        // SQLite ends a transaction by itself after some errors, such as a full disk.
        if (raw.inTransaction) {
          runPrepared(raw, 'ROLLBACK', []);
        }
        throw error;
      }
    });
  }

  async #onConnection<T>(
    connection: Knex,
    work: (raw: SqliteConnection & PgConnection) => T | Promise<T>,
  ): Promise<T> {
    // Connections are used without knex here, which would have noticed.
    if (
      connection.isTransaction &&
      (connection as Knex.Transaction).isCompleted()
    ) {
      throw new Error('The transaction has ended already');
    }
    const { client } = connection;
    const raw = await client.acquireConnection();
    try {
      return await work(raw);
    } finally {
      await client.releaseConnection(raw);
    }
  }

  /** A statement that gives nothing back. */
  async execute(connection: Knex, sql: string): Promise<void> {
    await this.query(connection, { sql, bindings: [] });
  }

  /**
   * Runs statements that each return rows and gives back their rows by name. On Postgres this is
   * one round trip: data-modifying CTEs, which all see the same snapshot, so no two may touch the same row.
   */
  async together<K extends string>(
    connection: Knex,
    statements: Partial<Record<K, Statement>>,
  ): Promise<Partial<Record<K, Row[]>>> {
    const parts = Object.entries(statements) as [K, Statement][];
    if (this.dialect === 'postgres') {
      const ctes = parts.map(
        ([name, part]) => `"${name}" AS (${returningSql(part)})`,
      );
      const columns = parts.map(
        ([name]) => `(SELECT json_agg("${name}") FROM "${name}") AS "${name}"`,
      );
      const [row] = await this.query<Record<K, Row[] | null>>(connection, {
        sql: `WITH ${ctes.join(', ')} SELECT ${columns.join(', ')}`,
        bindings: parts.flatMap(([, part]) => part.bindings),
      });
      const found: Partial<Record<K, Row[]>> = {};
      for (const [name] of parts) {
        found[name] = row[name] ?? [];
      }
      return found;
    }
    const inOrder = (tx: Knex) =>
      this.#onConnection(tx, raw => {
        const found: Partial<Record<K, Row[]>> = {};
        for (const [name, part] of parts) {
          found[name] = runOnSqlite(raw, part) as Row[];
        }
        return found;
      });
    return connection.isTransaction || parts.length === 1
      ? inOrder(connection)
      : this.transaction(inOrder);
  }
}
