import type { Binding } from './Database';

interface SqliteStatement {
  readonly reader: boolean;
  all(bindings: readonly Binding[]): unknown[];
  run(bindings: readonly Binding[]): WrittenRows;
}

/** What SQLite says of a statement that wrote. */
export interface WrittenRows {
  changes: number;
  /** Of the last inserted row. */
  lastInsertRowid: number | bigint;
}

/** The part of a better-sqlite3 connection that is used here. */
export interface SqliteConnection {
  readonly inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
}

/** A query's text may hold numbers, such as a test's clock, so that there is no end of texts. */
const MOST_STATEMENTS = 200;

const byConnection = new WeakMap<object, Map<string, SqliteStatement>>();

/** Knex prepares every statement anew, which costs more than running it. */
function prepared(connection: SqliteConnection, sql: string): SqliteStatement {
  let statements = byConnection.get(connection);
  if (!statements) {
    statements = new Map();
    byConnection.set(connection, statements);
  }
  let statement = statements.get(sql);
  if (!statement) {
    statement = connection.prepare(sql);
    if (statements.size >= MOST_STATEMENTS) {
      statements.clear();
    }
    statements.set(sql, statement);
  }
  return statement;
}

/** Runs SQL on SQLite and gives the rows that it returns. */
export function runPrepared(
  connection: SqliteConnection,
  sql: string,
  bindings: readonly Binding[],
): unknown[] {
  const statement = prepared(connection, sql);
  if (statement.reader) {
    return statement.all(bindings);
  }
  statement.run(bindings);
  return [];
}

/** Runs SQL on SQLite that writes and returns no rows. */
export function writePrepared(
  connection: SqliteConnection,
  sql: string,
  bindings: readonly Binding[],
): WrittenRows {
  return prepared(connection, sql).run(bindings);
}
