import type { Binding } from './Database';

interface SqliteStatement {
  readonly reader: boolean;
  all(bindings: readonly Binding[]): unknown[];
  run(bindings: readonly Binding[]): unknown;
}

/** The part of a better-sqlite3 connection that is used here. */
export interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
}

/** A query's text may hold numbers, such as a test's clock, so that there is no end of texts. */
const MOST_STATEMENTS = 200;

const byConnection = new WeakMap<object, Map<string, SqliteStatement>>();

/** Runs SQL on SQLite. Knex prepares every statement anew, which costs more than running it. */
export function runPrepared(
  connection: SqliteConnection,
  sql: string,
  bindings: readonly Binding[],
): unknown[] {
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
  if (statement.reader) {
    return statement.all(bindings);
  }
  statement.run(bindings);
  return [];
}
