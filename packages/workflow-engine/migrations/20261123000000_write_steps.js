// @ts-check

/**
 * A decision may be made on a run that was read some time ago: `revision` tells whether the run still stands as it
 * was read. On Postgres one call of a function checks that, writes the decisions of many runs and claims the next
 * effects, so that all this is one round trip and one transaction.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('engine_runs', table => {
    table
      .integer('revision')
      .notNullable()
      .defaultTo(0)
      .comment('Raised by every write, also by those without events');
  });
  if (knex.client.dialect !== 'postgresql') {
    return;
  }
  // Room for a run's next rows beside its first one, so that a step need not touch the run's indexes.
  await knex.raw('ALTER TABLE engine_runs SET (fillfactor = 50)');
  // No event is looked for by its id alone: one index for the feed and the key spares every event another.
  await knex.raw(
    'ALTER TABLE engine_events DROP CONSTRAINT engine_events_pkey, ADD PRIMARY KEY (xid, id)',
  );
  await knex.raw('DROP INDEX engine_events_feed_idx');
  // The tables grow and shrink faster than their statistics, and a plan that was made while one was small would
  // read the whole of it ever after.
  await knex.raw(`
    CREATE FUNCTION engine_write_steps(
      p_ended json, p_begun json, p_events json, p_effects json,
      p_owner text, p_lease_ms bigint, p_now bigint,
      p_places integer, p_kinds text[], p_run_types text[]
    ) RETURNS json LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET plan_cache_mode = force_generic_plan
    AS $engine$
    DECLARE
      clock bigint := COALESCE(p_now, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint));
      ended_ids bigint[] := '{}';
      run_ids text[] := '{}';
      begun_ids text[] := '{}';
      places integer := p_places;
      events json;
      effects json;
      claimed json;
    BEGIN
      IF p_ended IS NOT NULL THEN
        -- Nobody is waited for: whose run or effect someone else works on, or who knows them as they were, is left out.
        SELECT COALESCE(array_agg(held.effect_id), '{}'), COALESCE(array_agg(held.run_id), '{}')
          INTO ended_ids, run_ids FROM (
            SELECT e.id AS effect_id, r.id AS run_id
            FROM json_to_recordset(p_ended) AS x(id text, known integer, effect bigint, epoch integer)
            JOIN engine_runs r ON r.id = x.id AND r.revision = x.known
            JOIN engine_effects e ON e.id = x.effect AND e.epoch = x.epoch AND e.state = 'leased'
            FOR UPDATE OF r, e SKIP LOCKED) AS held;
        -- Their places are not free.
        places := places - json_array_length(p_ended) + cardinality(ended_ids);
        DELETE FROM engine_effects WHERE id = ANY(ended_ids);
        UPDATE engine_runs r SET version = x.version, revision = x.revision, state = x.state, status = x.status,
            wait = x.wait, detail = x.detail, resume = NULL, timers = x.timers, timer_at = x.timer_at,
            open_effects = x.open_effects, updated_at = x.updated_at, finished_at = x.finished_at
          FROM json_to_recordset(p_ended) AS x(id text, version integer, revision integer, state text, status text,
            wait text, detail text, timers text, timer_at bigint, open_effects integer, updated_at bigint,
            finished_at bigint)
          WHERE r.id = x.id AND x.id = ANY(run_ids);
      END IF;
      IF p_begun IS NOT NULL THEN
        WITH runs AS (
          INSERT INTO engine_runs (id, type, priority, created_at, version, revision, state, status, wait, detail,
            timers, timer_at, open_effects, updated_at, finished_at)
          SELECT id, type, priority, created_at, version, revision, state, status, wait, detail,
            timers, timer_at, open_effects, updated_at, finished_at
          FROM json_to_recordset(p_begun) AS x(id text, type text, priority integer, created_at bigint,
            version integer, revision integer, state text, status text, wait text, detail text,
            timers text, timer_at bigint, open_effects integer, updated_at bigint, finished_at bigint)
          RETURNING id)
        SELECT array_agg(id) INTO begun_ids FROM runs;
        run_ids := run_ids || begun_ids;
      END IF;
      IF p_events IS NOT NULL THEN
        -- Ids rise as the rows are read, and the feed shows the events of a run by id.
        WITH written AS (
          INSERT INTO engine_events (run_id, run_type, version, type, data, actor, at)
          SELECT run_id, run_type, version, type, data, actor, at
          FROM json_to_recordset(p_events) AS x(run_id text, run_type text, version integer, type text, data text,
            actor text, at bigint)
          WHERE run_id = ANY(run_ids)
          RETURNING id, xid, run_id, version)
        -- Only who begins a run asks for its events.
        SELECT json_agg(written) INTO events FROM written WHERE run_id = ANY(begun_ids);
      END IF;
      IF p_effects IS NOT NULL THEN
        WITH written AS (
          INSERT INTO engine_effects (run_id, run_type, key, kind, effect, actor, order_key, state, due_at, deadline_at,
            timeout_ms, retry, max_attempts, attempts, epoch, lease_owner, lease_until)
          SELECT run_id, run_type, key, kind, effect, actor, order_key, state, due_at, deadline_at,
            timeout_ms, retry, max_attempts, handed, handed,
            CASE handed WHEN 1 THEN p_owner END, CASE handed WHEN 1 THEN clock + p_lease_ms END
          FROM json_to_recordset(p_effects) AS x(run_id text, run_type text, key text, kind text, effect text,
            actor text, order_key bigint, state text, due_at bigint, deadline_at bigint, timeout_ms integer,
            retry text, max_attempts integer, handed integer)
          WHERE run_id = ANY(run_ids)
          RETURNING id, run_id, key, epoch)
        SELECT json_agg(json_build_object('id', id, 'run_id', run_id, 'key', key)) INTO effects
          FROM written WHERE epoch = 1;
      END IF;
      IF places > 0 THEN
        WITH leased AS (
          UPDATE engine_effects SET state = 'leased', epoch = epoch + 1,
            attempts = attempts + CASE WHEN outcome IS NULL THEN 1 ELSE 0 END,
            lease_owner = p_owner, lease_until = clock + p_lease_ms
          WHERE id = ANY(ARRAY(
            SELECT e.id FROM engine_effects e
            WHERE e.state = 'ready' AND e.target IS NULL AND e.kind = ANY(p_kinds) AND e.run_type = ANY(p_run_types)
            ORDER BY e.order_key, e.id LIMIT places FOR UPDATE SKIP LOCKED))
          RETURNING id, run_id, run_type, key, kind, effect, actor, target, deadline_at, timeout_ms, retry, attempts,
            epoch, outcome, order_key)
        SELECT json_agg(json_build_object('effect', leased, 'run', r) ORDER BY leased.order_key, leased.id)
          INTO claimed FROM leased JOIN engine_runs r ON r.id = leased.run_id;
      END IF;
      RETURN json_build_object('now', clock, 'runs', run_ids, 'events', events, 'effects', effects,
        'claimed', claimed);
    END
    $engine$`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (knex.client.dialect === 'postgresql') {
    await knex.raw(
      'DROP FUNCTION engine_write_steps(json, json, json, json, text, bigint, bigint, integer, text[], text[])',
    );
    await knex.raw(
      'ALTER TABLE engine_events DROP CONSTRAINT engine_events_pkey, ADD PRIMARY KEY (id)',
    );
    await knex.raw(
      'CREATE INDEX engine_events_feed_idx ON engine_events (xid, id)',
    );
    await knex.raw('ALTER TABLE engine_runs RESET (fillfactor)');
  }
  await knex.schema.alterTable('engine_runs', table => {
    table.dropColumn('revision');
  });
};
