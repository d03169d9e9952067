import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Knex } from 'knex';
import knexFactory from 'knex';

export type DatabaseName = 'sqlite' | 'postgres';

/** An empty database of one measurement's own: a file's path, or a connection string. */
export type Location =
  { database: 'sqlite'; path: string } | { database: 'postgres'; url: string };

/** The part of a better-sqlite3 connection that is used here. */
interface SqliteConnection {
  pragma(text: string): unknown;
}

/**
 * What everybody runs with. openworkflow sets WAL and leaves `synchronous` at FULL, which is what node:sqlite is built
 * with; better-sqlite3 is built with NORMAL for WAL, so for it FULL is said aloud.
 */
export function durabilityOf(database: DatabaseName): string {
  return database === 'sqlite'
    ? 'journal_mode=WAL, synchronous=FULL'
    : 'fsync=on, synchronous_commit=on';
}

export async function inTemporaryDatabase<T>(
  database: DatabaseName,
  work: (location: Location) => Promise<T>,
): Promise<T> {
  return database === 'sqlite' ? inFile(work) : inPostgres(work);
}

async function inFile<T>(work: (location: Location) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  const path = join(directory, 'bench.sqlite');
  // The journal mode stays with the file, `synchronous` is each connection's own.
  const file = new DatabaseSync(path);
  file.exec('PRAGMA journal_mode = WAL');
  const [settings] = file.prepare('PRAGMA synchronous').all();
  file.close();
  if (settings.synchronous !== 2) {
    throw new Error(
      'node:sqlite is built with another synchronous than FULL; the comparison would be unfair',
    );
  }
  try {
    return await work({ database: 'sqlite', path });
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function inPostgres<T>(
  work: (location: Location) => Promise<T>,
): Promise<T> {
  const server = process.env.SLIPWAY_TEST_POSTGRES;
  if (!server) {
    throw new Error(
      'SLIPWAY_TEST_POSTGRES is not set; run `npm run bench:engine`',
    );
  }
  const admin = knexFactory({
    client: 'pg',
    connection: server,
    pool: { min: 0, max: 1 },
  });
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  const { rows } = await admin.raw(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  );
  if (rows[0].fsync !== 'on' || rows[0].commit !== 'on') {
    throw new Error(
      'The Postgres server does not wait for the disk; the benchmark needs fsync and synchronous_commit on',
    );
  }
  await admin.raw(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    return await work({ database: 'postgres', url: url.toString() });
  } finally {
    await admin.raw(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.destroy();
  }
}

export function connect(location: Location, connections: number): Knex {
  return location.database === 'sqlite'
    ? knexFactory({
        client: 'better-sqlite3',
        connection: { filename: location.path },
        useNullAsDefault: true,
        pool: {
          afterCreate: (connection: SqliteConnection, done: () => void) => {
            connection.pragma('synchronous = FULL');
            done();
          },
        },
      })
    : knexFactory({
        client: 'pg',
        connection: location.url,
        pool: { min: connections, max: connections },
      });
}
