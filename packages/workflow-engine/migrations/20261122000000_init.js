// @ts-check

/**
 * Engine tables. JSON lives in text columns on both databases: the engine never queries inside it,
 * text avoids jsonb's parse cost on the hot path and keeps characters that jsonb refuses (\u0000).
 * All times are epoch milliseconds.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.dialect === 'postgresql';

  await knex.schema.createTable('engine_runs', table => {
    table
      .string('id', 255)
      .primary()
      .comment('Chosen by the caller or a random UUID');
    table.string('type', 255).notNullable().comment('Workflow type');
    table
      .integer('version')
      .notNullable()
      .comment('Version of the last event, 0 before the first');
    table.text('state').notNullable().comment('JSON: the fold of all events');
    table
      .string('status', 20)
      .notNullable()
      .comment('running, waiting, succeeded, failed or cancelled');
    table
      .string('wait', 255)
      .comment('Name of the wait while the status is waiting');
    table.text('detail').comment('What the workflow says about its status');
    table
      .text('resume')
      .comment('JSON: the status to go back to after engine.decide-failed');
    table
      .integer('priority')
      .notNullable()
      .comment('Added to the priority of each effect');
    table
      .text('timers')
      .notNullable()
      .comment('JSON object: timer name to due time');
    table
      .bigInteger('timer_at')
      .comment('Earliest due time of timers, null when none may fire');
    table
      .integer('open_effects')
      .notNullable()
      .comment('Effects of the run that have not ended');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.bigInteger('finished_at');
  });
  await knex.raw(
    'CREATE INDEX engine_runs_timer_idx ON engine_runs (timer_at) WHERE timer_at IS NOT NULL',
  );

  await knex.schema.createTable('engine_events', table => {
    table.bigIncrements('id');
    if (isPostgres) {
      // The writing transaction's 64-bit id. A reader that stays below the oldest running
      // transaction can never miss a row that commits late.
      table
        .bigInteger('xid')
        .notNullable()
        .defaultTo(knex.raw('(pg_current_xact_id()::text::bigint)'));
    } else {
      table.bigInteger('xid').notNullable().defaultTo(0);
    }
    table.string('run_id', 255).notNullable();
    table.string('run_type', 255).notNullable();
    table.integer('version').notNullable().comment('1, 2, 3 … within the run');
    table.string('type', 255).notNullable();
    table
      .text('data')
      .notNullable()
      .comment('JSON: the event as decide returned it');
    table.text('actor').notNullable().comment('JSON: {type, id}');
    table.bigInteger('at').notNullable();
    table.unique(['run_id', 'version'], {
      indexName: 'engine_events_run_version_idx',
    });
    table.index(['xid', 'id'], 'engine_events_feed_idx');
  });

  await knex.schema.createTable('engine_effects', table => {
    table.bigIncrements('id');
    table.string('run_id', 255).notNullable();
    table.string('run_type', 255).notNullable();
    table
      .string('key', 255)
      .notNullable()
      .comment('Idempotency key within the run');
    table.string('kind', 255).notNullable();
    table
      .text('effect')
      .notNullable()
      .comment('JSON: the effect as decide requested it');
    table.text('actor').notNullable().comment('JSON: who caused the request');
    table.string('target', 255);
    table
      .bigInteger('order_key')
      .notNullable()
      .comment('Requested time minus priority times ageing; lowest first');
    table
      .string('state', 10)
      .notNullable()
      .comment('scheduled, ready, leased or parked');
    table.bigInteger('due_at').notNullable();
    table.bigInteger('deadline_at');
    table.integer('timeout_ms').comment('Per attempt');
    table.text('retry').notNullable().comment('JSON: RetryPolicy');
    table.integer('max_attempts').notNullable();
    table
      .integer('attempts')
      .notNullable()
      .comment('Counted when claimed, so that a crash counts');
    table
      .integer('epoch')
      .notNullable()
      .comment('Fencing: raised by every claim');
    table.string('lease_owner', 64);
    table.bigInteger('lease_until');
    table.text('last_error').comment('JSON: {name, message}');
    table
      .text('outcome')
      .comment(
        'JSON: the ended effect, when only its delivery to decide is left',
      );
    table.unique(['run_id', 'key'], {
      indexName: 'engine_effects_run_key_idx',
    });
  });
  for (const [name, columns, where] of [
    ['ready_plain', 'order_key', "state = 'ready' AND target IS NULL"],
    [
      'ready_target',
      'target, order_key',
      "state = 'ready' AND target IS NOT NULL",
    ],
    ['scheduled', 'due_at', "state = 'scheduled'"],
    ['leased', 'lease_until', "state = 'leased'"],
    ['leased_target', 'target', "state = 'leased' AND target IS NOT NULL"],
    [
      'deadline',
      'deadline_at',
      "deadline_at IS NOT NULL AND state IN ('ready', 'scheduled')",
    ],
  ]) {
    await knex.raw(
      `CREATE INDEX engine_effects_${name}_idx ON engine_effects (${columns}) WHERE ${where}`,
    );
  }

  await knex.schema.createTable('engine_targets', table => {
    table.string('name', 255).primary();
    table
      .integer('concurrency')
      .notNullable()
      .comment('Effects that may run at once');
    table
      .string('breaker', 10)
      .notNullable()
      .comment('closed, open or half-open');
    table
      .integer('failures')
      .notNullable()
      .comment('Consecutive failures while closed');
    table
      .integer('opens')
      .notNullable()
      .comment('Openings since it was last closed');
    table
      .bigInteger('retry_at')
      .comment('When an open breaker lets one probe through');
    table
      .bigInteger('probe_id')
      .comment('The effect that probes a half-open target');
    table.text('last_error').comment('JSON: {name, message}');
    table.bigInteger('updated_at').notNullable();
  });

  await knex.schema.createTable('engine_idempotency', table => {
    table
      .string('scope', 300)
      .notNullable()
      .comment('start:<run type> or run:<run id>');
    table.string('key', 255).notNullable();
    table.string('run_id', 255).notNullable();
    table
      .string('command_hash', 64)
      .notNullable()
      .comment('SHA-256 of the canonical command');
    table
      .integer('from_version')
      .notNullable()
      .comment('Events after this version …');
    table
      .integer('to_version')
      .notNullable()
      .comment('… and up to this one are the result');
    table.bigInteger('created_at').notNullable();
    table.primary(['scope', 'key']);
    table.index(['created_at'], 'engine_idempotency_created_idx');
  });

  if (isPostgres) {
    // Both tables are rewritten row by row all day; the default of 20 % dead rows is too late for them.
    for (const table of ['engine_runs', 'engine_effects', 'engine_targets']) {
      await knex.raw(
        `ALTER TABLE ${table} SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200)`,
      );
    }
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'engine_idempotency',
    'engine_targets',
    'engine_effects',
    'engine_events',
    'engine_runs',
  ]) {
    await knex.schema.dropTable(table);
  }
};
