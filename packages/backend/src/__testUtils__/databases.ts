import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';

export type DatabaseName = 'sqlite' | 'postgres';

/** Where one portal keeps its data. */
export interface Databases {
  /** What `backend.database` is set to; nothing leaves it as it is. */
  config: object | undefined;
  /** The database of a plugin, which the portal has made; or an empty one. */
  open(name: string, portalDirectory: string): Promise<Knex>;
  destroy(): Promise<void>;
}

const sqlite: Databases = {
  config: undefined,
  open: async (name, directory) =>
    knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(directory, 'db', `${name}.sqlite`) },
      useNullAsDefault: true,
    }),
  destroy: async () => undefined,
};

function postgres(): Databases {
  const server = process.env.SLIPWAY_TEST_POSTGRES;
  if (!server)
    throw new Error(
      'SLIPWAY_TEST_POSTGRES is not set; run `npm run bench:delivery`',
    );
  const prefix = `bench_${randomUUID().slice(0, 8)}_`;
  const connectTo = (name: string) => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    return knexFactory({
      client: 'pg',
      connection: url.toString(),
      pool: { min: 0, max: 10 },
    });
  };
  return {
    config: { client: 'pg', connection: server, prefix },
    async open(name) {
      const admin = connectTo('postgres');
      const { rows } = await admin.raw(
        'SELECT 1 FROM pg_database WHERE datname = ?',
        [prefix + name],
      );
      if (!rows.length) await admin.raw('CREATE DATABASE ??', [prefix + name]);
      await admin.destroy();
      return connectTo(prefix + name);
    },
    async destroy() {
      const admin = connectTo('postgres');
      const { rows } = await admin.raw(
        'SELECT datname FROM pg_database WHERE starts_with(datname, ?)',
        [prefix],
      );
      for (const { datname } of rows)
        await admin.raw('DROP DATABASE ?? WITH (FORCE)', [datname]);
      await admin.destroy();
    },
  };
}

export function databasesOf(database: DatabaseName): Databases {
  return database === 'sqlite' ? sqlite : postgres();
}
