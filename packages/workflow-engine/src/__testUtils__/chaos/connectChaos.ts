import type { Knex } from 'knex';
import knexFactory from 'knex';

/** A connection string of Postgres, or the path of a SQLite file. */
export function connectChaos(location: string): Knex {
  return location.startsWith('postgres')
    ? knexFactory({
        client: 'pg',
        connection: location,
        pool: { min: 0, max: 6 },
      })
    : knexFactory({
        client: 'better-sqlite3',
        connection: { filename: location },
        useNullAsDefault: true,
        pool: {
          // So that the test can read while the worker writes.
          afterCreate: (
            connection: { pragma(text: string): unknown },
            done: () => void,
          ) => {
            connection.pragma('journal_mode = WAL');
            done();
          },
        },
      });
}
