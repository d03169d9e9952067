// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('idempotency_keys', table => {
    table.text('result_id').comment('of what it came to').alter();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // The long ones are of requests that were carried out; without their results they would be carried out again.
  await knex('idempotency_keys').whereRaw('length(result_id) > 64').delete();
  await knex.schema.alterTable('idempotency_keys', table => {
    table.string('result_id', 64).alter();
  });
};
