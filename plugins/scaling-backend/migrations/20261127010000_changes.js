// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('scaling_changes', table => {
    table.string('id', 64).primary();
    table.string('target_id', 64).notNullable();
    table.integer('number').notNullable().comment('1, 2, 3 … of its target');
    table
      .string('lane', 64)
      .notNullable()
      .comment('scale, policy, or the id of one that waits');
    table.string('component_ref', 200).notNullable();
    table.string('environment_ref', 200).notNullable();
    table.boolean('active').notNullable();
    table.string('created_at', 32).notNullable();
    table.text('document').notNullable().comment('JSON, as the API shows it');
    table.text('state').notNullable().comment('JSON');
    table.unique(['target_id', 'number']);
    table.index(['created_at', 'id']);
    table.index(['component_ref', 'created_at']);
  });
  // Of a target at most one of each lane has not ended.
  await knex.raw(
    'CREATE UNIQUE INDEX scaling_changes_active ON scaling_changes (target_id, lane) WHERE active',
  );
  await knex.schema.createTable('idempotency_keys', table => {
    table.string('scope', 400).notNullable().comment('caller and operation');
    table.string('key', 128).notNullable();
    table.string('request_digest', 80).notNullable();
    table.string('result_id', 64).comment('of the change');
    table.string('created_at', 32).notNullable().index();
    table.primary(['scope', 'key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('idempotency_keys');
  await knex.schema.dropTable('scaling_changes');
};
