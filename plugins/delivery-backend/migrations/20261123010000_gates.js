// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('approvals', table => {
    table
      .string('id', 64)
      .primary()
      .comment('of the rollout that people are asked about');
    table.string('state', 16).notNullable();
    table.string('component_ref', 200).notNullable();
    table.string('created_at', 32).notNullable();
    table.string('broken_at', 32).comment('when somebody broke the glass');
    table.string('reviewed_at', 32);
    table
      .text('review')
      .comment('JSON: who looked at it afterwards, and said what');
    table.text('gates').notNullable().comment('JSON, the state of the gates');
    table.index(['state', 'created_at', 'id']);
    table.index(['component_ref', 'created_at']);
    table.index(['broken_at']);
  });

  await knex.schema.createTable('approval_people', table => {
    table.string('approval_id', 64).notNullable();
    table.string('ref', 200).notNullable().comment('a user or a group');
    table
      .string('role', 16)
      .notNullable()
      .comment('approver, excluded, requester or voter');
    table.primary(['approval_id', 'ref', 'role']);
    table.index(['ref', 'role']);
  });

  await knex.schema.createTable('delegations', table => {
    table.string('id', 64).primary();
    table.string('from_ref', 200).notNullable().index();
    table.string('to_ref', 200).notNullable().index();
    table.string('until', 32).notNullable();
    table.string('ended_at', 32);
    table.text('reason');
    table.string('created_at', 32).notNullable();
  });

  await knex.schema.createTable('feed_cursors', table => {
    table.string('reader', 64).primary();
    table.string('cursor', 256).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('feed_cursors');
  await knex.schema.dropTable('delegations');
  await knex.schema.dropTable('approval_people');
  await knex.schema.dropTable('approvals');
};
