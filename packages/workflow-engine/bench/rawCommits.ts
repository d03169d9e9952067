import type { Location } from './databases';
import { connect } from './databases';

const MEASURE_MS = 1000;
const INSERT = 'INSERT INTO commits (value) VALUES';
const VALUE = 'a small row';

/** The parts of a better-sqlite3 and of a pg connection that are used here. */
interface SqliteConnection {
  prepare(sql: string): { run(value: string): unknown };
}
interface PgConnection {
  query(statement: {
    name: string;
    text: string;
    values: string[];
  }): Promise<unknown>;
  end(): Promise<void>;
}

/**
 * The ceiling: transactions of one inserted row a second, by the driver alone, prepared, at the same concurrency. On
 * Postgres each connection commits one after the other, and the server may join the commits of several in one write to
 * disk; SQLite has one connection that can commit.
 */
export async function rawCommitsPerSecond(
  location: Location,
  concurrency: number,
): Promise<number> {
  const knex = connect(location, 1);
  await knex.schema.createTable('commits', table => {
    table.increments('id');
    table.text('value');
  });
  const open = (): Promise<unknown> => knex.client.acquireRawConnection();
  let commits = 0;
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  if (location.database === 'sqlite') {
    const connection =
      (await knex.client.acquireConnection()) as SqliteConnection;
    const insert = connection.prepare(`${INSERT} (?)`);
    while (elapsed() < MEASURE_MS) {
      insert.run(VALUE);
      commits += 1;
    }
    const rate = (commits * 1000) / elapsed();
    knex.client.releaseConnection(connection);
    await knex.destroy();
    return rate;
  }
  const connections = (await Promise.all(
    Array.from({ length: concurrency }, open),
  )) as PgConnection[];
  const connected = elapsed();
  await Promise.all(
    connections.map(async connection => {
      while (elapsed() < connected + MEASURE_MS) {
        await connection.query({
          name: 'insert',
          text: `${INSERT} ($1)`,
          values: [VALUE],
        });
        commits += 1;
      }
    }),
  );
  const rate = (commits * 1000) / (elapsed() - connected);
  await Promise.all(connections.map(connection => connection.end()));
  await knex.destroy();
  return rate;
}
