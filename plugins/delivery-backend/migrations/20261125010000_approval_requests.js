// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('approvals', table => {
    table
      .string('kind', 16)
      .notNullable()
      .defaultTo('rollout')
      .comment('rollout or request: what people are asked about');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  const requests = () =>
    knex('approvals').select('id').where({ kind: 'request' });
  await knex('approval_people').whereIn('approval_id', requests()).delete();
  await knex('approvals').where({ kind: 'request' }).delete();
  await knex.schema.alterTable('approvals', table => {
    table.dropColumn('kind');
  });
};
