import { join } from 'node:path';
import knexFactory from 'knex';
import { createEngine } from './createEngine';
import { UnsupportedDatabaseError } from './errors';
import { migrate } from './migrate';
import {
  ana,
  collectingLogger,
  note,
  scripted,
  tell,
} from './__testUtils__/scriptedWorkflow';
import type { TestDatabase } from './__testUtils__/testDatabases';
import { describeDatabases } from './__testUtils__/testDatabases';

const config = {
  directory: join(__dirname, '..', 'migrations'),
  tableName: 'slipway_engine_migrations',
  loadExtensions: ['.js'],
};

describeDatabases(
  'Migrations',
  kind => {
    let database: TestDatabase;
    beforeEach(async () => {
      database = await kind.create();
    });
    afterEach(() => database.destroy());

    const tables = async () => {
      const { knex } = database;
      const rows =
        kind.name === 'Postgres'
          ? (
              await knex.raw(
                'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()',
              )
            ).rows
          : await knex.raw(
              "SELECT name FROM sqlite_master WHERE type = 'table'",
            );
      return rows
        .map(({ name }: { name: string }) => name)
        .filter((name: string) => name.startsWith('engine_'))
        .sort();
    };

    it('create every table and take all away again', async () => {
      await migrate(database.knex);
      expect(await tables()).toEqual([
        'engine_effects',
        'engine_events',
        'engine_idempotency',
        'engine_runs',
        'engine_targets',
      ]);
      await database.knex.migrate.rollback(config, true);
      expect(await tables()).toEqual([]);
      await migrate(database.knex);
      expect(await tables()).toHaveLength(5);
    });

    it('may be run again and at the same time', async () => {
      await migrate(database.knex);
      const others =
        kind.name === 'Postgres'
          ? [database.connect(), database.connect()]
          : [];
      await Promise.all([
        migrate(database.knex),
        ...others.map(knex => migrate(knex)),
      ]);
      expect(await tables()).toHaveLength(5);
    });

    it('leave the books of a plugin in the same database alone', async () => {
      await database.knex.migrate.latest({
        migrationSource: {
          getMigrations: async () => ['plugin'],
          getMigrationName: (name: string) => name,
          getMigration: async () => ({
            up: knex =>
              knex.schema.createTable('plugin_table', table =>
                table.increments(),
              ),
            down: knex => knex.schema.dropTable('plugin_table'),
          }),
        },
      });
      await migrate(database.knex);
      expect(await database.knex('knex_migrations').pluck('name')).toEqual([
        'plugin',
      ]);
      expect(
        await database.knex('slipway_engine_migrations').pluck('name'),
      ).toEqual(['20261122000000_init.js', '20261123000000_write_steps.js']);
    });
  },
  ['SQLite in memory', 'SQLite in a file', 'Postgres'],
);

describeDatabases(
  'Schemas',
  kind => {
    it('keep the engines of two plugins apart in one database', async () => {
      const database = await kind.create();
      try {
        await database.knex.raw('CREATE SCHEMA one');
        await database.knex.raw('CREATE SCHEMA two');
        const [one, two] = ['one', 'two'].map(schema => {
          const knex = database.connect();
          knex.client.searchPath = [schema];
          return knex;
        });
        await Promise.all([migrate(one), migrate(two)]);
        const engine = (knex: typeof one) =>
          createEngine({
            knex,
            workflows: [scripted],
            handlers: {},
            logger: collectingLogger(),
          });
        const first = await engine(one);
        const { run } = await first.startRun({
          type: 'test.scripted',
          command: tell({
            events: [note('hello')],
            status: { kind: 'succeeded' },
          }),
          actor: ana,
        });
        expect(await first.read(run.id)).toMatchObject({ status: 'succeeded' });
        expect(await (await engine(two)).read(run.id)).toBeUndefined();
      } finally {
        await database.destroy();
      }
    });
  },
  ['Postgres'],
);

it('says which databases it runs on when given another', async () => {
  const knex = knexFactory({ client: 'mysql2', connection: {} });
  await expect(migrate(knex)).rejects.toThrow(UnsupportedDatabaseError);
});
