// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('scaling_autoscalers', table => {
    table.string('target_id', 64).primary();
    table
      .integer('look')
      .notNullable()
      .comment('Rises with each; a worker that is late finds another one');
    table
      .text('memory')
      .notNullable()
      .comment('JSON: what the next look has to know of those before it');
    table
      .text('shown')
      .notNullable()
      .comment('JSON: limits, targets and why it does not scale');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('scaling_autoscalers');
};
