import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Brings the plugin's tables to the present version. */
export async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@slipway/backstage-plugin-scaling-backend',
      'migrations',
    ),
  });
}
