// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('delivery_component_pipelines', table => {
    table.string('component_ref', 200).primary();
    table.text('source').notNullable().comment('without secrets');
    table
      .text('reading')
      .comment('JSON: what was read last, good or not, and its etag');
    table.text('good').comment('JSON: the last good version, as written');
    table.text('pipeline').comment('JSON: what is in force');
    table.text('problems').notNullable().comment('JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('delivery_component_pipelines');
};
