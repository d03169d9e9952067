// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('commit_ranges', table => {
    table.string('id', 80).primary().comment('digest of where and between');
    table.text('range').comment('JSON; null where it could not be read');
    table.text('problem').comment('why it could not, for people');
    table.string('read_at', 32).notNullable().index();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('commit_ranges');
};
