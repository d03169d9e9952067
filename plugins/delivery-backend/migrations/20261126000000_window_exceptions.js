// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('window_exceptions', table => {
    table.string('id', 64).primary().comment('of the approval, too');
    table.string('component_ref', 200).notNullable();
    table.string('environment_ref', 200).notNullable();
    table.string('state', 16).notNullable();
    table.string('from_at', 32).notNullable();
    table.string('until_at', 32).notNullable();
    table.text('exception').notNullable().comment('JSON');
    table.text('ended').comment('JSON: by whom, when and why, before its time');
    table.index(['component_ref', 'environment_ref', 'until_at']);
    table.index(['until_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('window_exceptions');
};
