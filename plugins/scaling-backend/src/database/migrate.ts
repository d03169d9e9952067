import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { migrate as migrateEngine } from '@slipway/workflow-engine';
import type { Knex } from 'knex';

/** Brings the plugin's own tables and the engine's to the present version. */
export async function migrate(knex: Knex): Promise<void> {
  await migrateEngine(knex);
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@slipway/backstage-plugin-scaling-backend',
      'migrations',
    ),
  });
}
