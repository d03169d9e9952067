import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';

// Other suites share the server and the cores.
jest.setTimeout(60_000);

/** A database of one test file's own. */
export interface TestDatabase {
  knex: Knex;
  /** Another process's view of the same database: connections of its own where the database allows it. */
  connect(): Knex;
  destroy(): Promise<void>;
}

export interface TestDatabaseKind {
  name: 'SQLite in memory' | 'SQLite in a file' | 'Postgres';
  create(): Promise<TestDatabase>;
}

function sqlite(filename: string): Knex {
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
}

const inMemory: TestDatabaseKind = {
  name: 'SQLite in memory',
  async create() {
    const knex = sqlite(':memory:');
    return { knex, connect: () => knex, destroy: () => knex.destroy() };
  },
};

const inFile: TestDatabaseKind = {
  name: 'SQLite in a file',
  async create() {
    const directory = await mkdtemp(join(tmpdir(), 'slipway-engine-'));
    const knex = sqlite(join(directory, 'engine.sqlite'));
    return {
      knex,
      connect: () => knex,
      async destroy() {
        await knex.destroy();
        await rm(directory, { recursive: true });
      },
    };
  },
};

const postgresUrl = process.env.SLIPWAY_TEST_POSTGRES;

const postgres: TestDatabaseKind = {
  name: 'Postgres',
  async create() {
    const name = `engine_${randomUUID().replaceAll('-', '')}`;
    const admin = knexFactory({
      client: 'pg',
      connection: postgresUrl,
      pool: { min: 0, max: 1 },
    });
    await admin.raw(`CREATE DATABASE ${name}`);
    const url = new URL(postgresUrl!);
    url.pathname = `/${name}`;
    const connections: Knex[] = [];
    const connect = () => {
      const knex = knexFactory({
        client: 'pg',
        connection: url.toString(),
        pool: { min: 0, max: 10 },
      });
      connections.push(knex);
      return knex;
    };
    return {
      knex: connect(),
      connect,
      async destroy() {
        await Promise.all(connections.map(knex => knex.destroy()));
        await admin.raw(`DROP DATABASE ${name} WITH (FORCE)`);
        await admin.destroy();
      },
    };
  },
};

/** Describes the same behaviour for each database; without a Postgres that part is skipped, loudly. */
export function describeDatabases(
  title: string,
  tests: (kind: TestDatabaseKind) => void,
  kinds: TestDatabaseKind['name'][] = ['SQLite in memory', 'Postgres'],
): void {
  for (const kind of [inMemory, inFile, postgres].filter(({ name }) =>
    kinds.includes(name),
  )) {
    const skipped = kind === postgres && !postgresUrl;
    if (skipped) {
      console.warn(
        `SKIPPED: ${title} on Postgres. Set SLIPWAY_TEST_POSTGRES to a server where databases may be created.`,
      );
    }
    (skipped ? describe.skip : describe)(`${title} on ${kind.name}`, () =>
      tests(kind),
    );
  }
}
