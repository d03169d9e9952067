// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('scaling_sources', table => {
    table.string('environment_ref', 200).primary();
    table.string('environment_name', 200).notNullable();
    table.string('provider', 200).notNullable();
    table.string('read_at', 32);
    table.text('problem');
  });
  await knex.schema.createTable('scaling_targets', table => {
    table.string('id', 64).primary();
    table.string('component_ref', 200).notNullable();
    table.string('component_title', 200).notNullable();
    table.string('environment_ref', 200).notNullable();
    table.string('environment_name', 200).notNullable();
    table.string('tier', 20).notNullable();
    table.string('workload', 300).notNullable();
    table.string('driver', 20).notNullable();
    table.integer('replicas').comment('Null when unknown');
    table.double('load_ratio').comment('Null when unknown');
    table.boolean('attention').notNullable();
    table.text('observed').notNullable().comment('JSON');
    table.string('observed_at', 32).notNullable();
    table.text('problem');
    table.string('gone_at', 32);
    table.index(['component_ref', 'environment_ref']);
    table.index(['environment_ref']);
  });
  await knex.schema.createTable('scaling_samples', table => {
    table.string('target_id', 64).notNullable();
    table.integer('step_seconds').notNullable();
    table.string('at', 32).notNullable().comment('Where the step begins');
    table.integer('looks').notNullable();
    table.double('replicas_sum').notNullable();
    table.integer('replicas_max').notNullable();
    table.integer('load_looks').notNullable();
    table.double('load_sum').notNullable();
    table.primary(['target_id', 'step_seconds', 'at']);
    table.index(['step_seconds', 'at']);
  });
  await knex.schema.createTable('scaling_events', table => {
    table.string('target_id', 64).notNullable();
    table.string('id', 200).notNullable();
    table.string('at', 32).notNullable();
    table.text('event').notNullable().comment('JSON');
    table.primary(['target_id', 'id']);
    table.index(['target_id', 'at']);
    table.index(['at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('scaling_events');
  await knex.schema.dropTable('scaling_samples');
  await knex.schema.dropTable('scaling_targets');
  await knex.schema.dropTable('scaling_sources');
};
