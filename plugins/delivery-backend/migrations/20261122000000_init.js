// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('releases', table => {
    table.string('id', 64).primary();
    table.string('component_ref', 200).notNullable();
    table.string('version', 128).notNullable();
    table.string('digest', 200).notNullable();
    table
      .string('created_at', 32)
      .notNullable()
      .comment('ISO 8601 in UTC, so that text order is time order');
    table.text('document').notNullable().comment('JSON, as the API shows it');
    table.unique(['component_ref', 'version']);
    table.index(['created_at', 'id']);
  });

  await knex.schema.createTable('rollouts', table => {
    table.string('id', 64).primary();
    table.integer('version').notNullable();
    table.string('component_ref', 200).notNullable();
    table.string('environment_ref', 200).notNullable();
    table.string('release_id', 64).notNullable();
    table.string('phase', 32).notNullable();
    table.string('waiting_for', 32);
    table.boolean('active').notNullable();
    table.string('created_at', 32).notNullable();
    table.text('document').notNullable().comment('JSON, as the API shows it');
    table
      .text('refusals')
      .notNullable()
      .comment('JSON: for each action why its state forbids it');
    table.index(['created_at', 'id']);
    table.index(['component_ref', 'environment_ref', 'created_at']);
    table.index(['active', 'created_at']);
  });

  await knex.schema.createTable('deployments', table => {
    table.string('component_ref', 200).notNullable();
    table.string('environment_ref', 200).notNullable();
    table.string('component_title', 256).notNullable();
    table.string('owner_ref', 200);
    table.string('system_ref', 200);
    table.string('environment_name', 128).notNullable();
    table.integer('environment_order').notNullable();
    table.string('tier', 32).notNullable();
    table.string('runtime', 64).notNullable();
    table.text('settings').notNullable().comment('JSON, the target settings');
    table.text('release').comment('JSON, the release that runs');
    table.text('previous_release').comment('JSON, the release before it');
    table.string('deployed_at', 32);
    table.string('deployed_by', 200);
    table.integer('replicas').notNullable().defaultTo(0);
    table.string('health', 32).notNullable();
    table.text('observation').comment('JSON, what the runtime last showed');
    table.string('active_rollout_id', 64);
    table.string('active_rollout_phase', 32);
    table.string('last_rollout_id', 64);
    table
      .integer('generation')
      .notNullable()
      .defaultTo(0)
      .comment('the highest that the runtime was given');
    table.string('updated_at', 32).notNullable();
    table.primary(['component_ref', 'environment_ref']);
    table.index(['component_ref', 'environment_order']);
  });

  await knex.schema.createTable('idempotency_keys', table => {
    table.string('scope', 400).notNullable().comment('caller and operation');
    table.string('key', 128).notNullable();
    table.string('request_digest', 80).notNullable();
    table.string('result_id', 64).comment('of the release or rollout');
    table.string('created_at', 32).notNullable().index();
    table.primary(['scope', 'key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('idempotency_keys');
  await knex.schema.dropTable('deployments');
  await knex.schema.dropTable('rollouts');
  await knex.schema.dropTable('releases');
};
