// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('delivery_documents', table => {
    table.string('source', 1000).primary().comment('where it was read');
    table
      .integer('position')
      .notNullable()
      .comment('of the location in the configuration');
    table
      .text('documents')
      .notNullable()
      .comment('JSON, the last good version of each document');
    table
      .text('problems')
      .notNullable()
      .comment('JSON, why what was read last was not taken');
    table
      .string('checked_at', 32)
      .notNullable()
      .comment('when documents or problems last changed');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('delivery_documents');
};
