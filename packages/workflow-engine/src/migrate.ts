import { dirname, join } from 'node:path';
import type { Knex } from 'knex';
import { assertSupported, dialectOf } from './store/Database';

/**
 * Creates or upgrades the engine's tables (`engine_*`) in the database, and on Postgres in the first
 * schema of the search path. Lives beside the migrations of others: it keeps its own books in
 * `slipway_engine_migrations`. Several processes may call it at once.
 *
 * @throws UnsupportedDatabaseError
 */
export async function migrate(knex: Knex): Promise<void> {
  await assertSupported(knex);
  const config: Knex.MigratorConfig = {
    // From the package's root, because this file runs from src as well as from dist.
    directory: join(
      dirname(require.resolve('@slipway/workflow-engine/package.json')),
      'migrations',
    ),
    tableName: 'slipway_engine_migrations',
    // Only the files of this package: swc and jest leave source maps beside them in some set-ups.
    loadExtensions: ['.js'],
  };
  if (dialectOf(knex) === 'sqlite') {
    await knex.migrate.latest(config);
    return;
  }
  // Knex's own migration lock outlives a crash and makes a second replica fail instead of wait.
  await knex.transaction(async tx => {
    await tx.raw(
      `SELECT pg_advisory_xact_lock(hashtext('slipway_engine_migrations'), hashtext(current_schema()))`,
    );
    await tx.migrate.latest(config);
  });
}
