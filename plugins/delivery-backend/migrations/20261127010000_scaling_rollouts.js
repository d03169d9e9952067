// @ts-check

// Lists leave out what only changes the number of copies, and may not read whole rows to know which those are.
const narrow = [
  ['created_at', 'id'],
  ['component_ref', 'environment_ref', 'created_at'],
  ['active', 'created_at'],
  ['environment_ref', 'created_at', 'id'],
];
const wide = [
  ['scaling', 'created_at', 'id'],
  ['component_ref', 'environment_ref', 'scaling', 'created_at'],
  ['active', 'scaling', 'created_at'],
  ['environment_ref', 'scaling', 'created_at', 'id'],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table.boolean('scaling').notNullable().defaultTo(false);
    for (const columns of narrow) table.dropIndex(columns);
    for (const columns of wide) table.index(columns);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('rollouts').where({ scaling: true }).delete();
  await knex.schema.alterTable('rollouts', table => {
    for (const columns of wide) table.dropIndex(columns);
    for (const columns of narrow) table.index(columns);
    table.dropColumn('scaling');
  });
};
