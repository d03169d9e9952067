// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('promotions', table => {
    table.string('id', 64).primary();
    table.boolean('active').notNullable();
    table.boolean('automatic').notNullable();
    table.string('created_at', 32).notNullable();
    table.text('document').notNullable().comment('JSON, as the API shows it');
    table
      .text('refusals')
      .notNullable()
      .comment('JSON: for each action why it is not possible now');
    table.index(['active', 'created_at', 'id']);
    table.index(['created_at', 'id']);
  });

  await knex.schema.createTable('promotion_components', table => {
    table.string('promotion_id', 64).notNullable();
    table.string('component_ref', 200).notNullable();
    table
      .string('active_release_id', 64)
      .comment('while the promotion goes on, so that there is one at a time');
    table.primary(['promotion_id', 'component_ref']);
    table.unique(['component_ref', 'active_release_id']);
    table.index(['component_ref']);
  });

  await knex.schema.createTable('holds', table => {
    table.string('id', 64).primary();
    table.string('component_ref', 200).notNullable();
    table.string('environment_ref', 200).notNullable();
    table
      .string('active_key', 420)
      .unique()
      .comment('of the target while it holds, so that there is one at a time');
    table.string('cause', 16).notNullable().comment('pin or rollback');
    table.text('reason').notNullable();
    table.string('by_ref', 200).notNullable();
    table.string('created_at', 32).notNullable();
    table.text('released').comment('JSON: by whom, when and why');
    table.index(['component_ref', 'created_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('holds');
  await knex.schema.dropTable('promotion_components');
  await knex.schema.dropTable('promotions');
};
