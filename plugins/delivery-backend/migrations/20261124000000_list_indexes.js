// @ts-check

/** What lists filter and sort by, where tables are large. */
const indexes = [
  ['rollouts', ['environment_ref', 'created_at', 'id']],
  ['rollouts', ['release_id']],
  ['deployments', ['environment_ref', 'component_ref']],
  ['deployments', ['tier', 'component_ref', 'environment_ref']],
  ['deployments', ['owner_ref', 'component_ref', 'environment_ref']],
  ['deployments', ['system_ref', 'component_ref', 'environment_ref']],
  ['approvals', ['created_at', 'id']],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [table, columns] of indexes)
    await knex.schema.alterTable(String(table), builder => {
      builder.index([...columns]);
    });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [table, columns] of indexes)
    await knex.schema.alterTable(String(table), builder => {
      builder.dropIndex([...columns]);
    });
};
