import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { migrate } from './migrate';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const ours = [
  'releases',
  'rollouts',
  'deployments',
  'idempotency_keys',
  'delivery_component_pipelines',
];

async function present(knex: Knex): Promise<string[]> {
  const found: string[] = [];
  for (const table of ours)
    if (await knex.schema.hasTable(table)) found.push(table);
  return found;
}

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up, down and up again, beside the tables of the engine', async () => {
    const knex = await databases.init(databaseId);
    const directory = resolvePackagePath(
      '@slipway/backstage-plugin-delivery-backend',
      'migrations',
    );
    await migrate(knex);
    expect(await present(knex)).toEqual(ours);
    await knex.migrate.rollback({ directory }, true);
    expect(await present(knex)).toEqual([]);
    expect(await knex.schema.hasTable('engine_runs')).toBe(true);
    await migrate(knex);
    await migrate(knex);
    expect(await present(knex)).toEqual(ours);
  });
});
