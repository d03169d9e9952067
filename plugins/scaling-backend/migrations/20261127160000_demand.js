// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('scaling_demand', table => {
    table.string('target_id', 64).notNullable();
    table.integer('step_seconds').notNullable();
    table.string('at', 32).notNullable().comment('Where the step begins');
    table.string('metric', 200).notNullable();
    table
      .string('unit', 20)
      .notNullable()
      .comment('percent: of the request; number: cores, bytes or a count');
    table.integer('looks').notNullable();
    table
      .double('demand_sum')
      .notNullable()
      .comment('Of all replicas together: the mean of each times their number');
    table.primary(['target_id', 'step_seconds', 'at', 'metric', 'unit']);
    table.index(['step_seconds', 'at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('scaling_demand');
};
