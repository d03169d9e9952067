// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('incident_sources', table => {
    table.string('source', 200).primary();
    table.string('read_at', 32).notNullable();
  });
  await knex.schema.createTable('incidents', table => {
    table.string('source', 200).notNullable();
    table.string('id', 200).notNullable();
    table.string('component_ref', 200).notNullable();
    table.string('since', 32).notNullable();
    table.text('incident').notNullable().comment('JSON');
    table.primary(['source', 'id']);
    table.index(['component_ref', 'since']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('incidents');
  await knex.schema.dropTable('incident_sources');
};
