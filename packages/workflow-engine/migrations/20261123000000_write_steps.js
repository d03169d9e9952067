// @ts-check

/** A step's rows as one array for each column, which Postgres reads several times faster than JSON. */
const PARAMETERS = [
  // Runs, by position; effect, epoch and known only of those that are there already.
  'r_id text[]',
  'r_type text[]',
  'r_priority integer[]',
  'r_actor text[]',
  'r_version integer[]',
  'r_state text[]',
  'r_status text[]',
  'r_wait text[]',
  'r_detail text[]',
  'r_timers text[]',
  'r_timer_at bigint[]',
  'r_open_effects integer[]',
  'r_now bigint[]',
  'r_effect bigint[]',
  'r_epoch integer[]',
  'r_known integer[]',
  // Events and new effects; `run` is the position of their run.
  'v_run integer[]',
  'v_version integer[]',
  'v_type text[]',
  'v_data text[]',
  'e_run integer[]',
  'e_key text[]',
  'e_kind text[]',
  'e_effect text[]',
  'e_order_key bigint[]',
  'e_state text[]',
  'e_due_at bigint[]',
  'e_deadline_at bigint[]',
  'e_timeout_ms integer[]',
  'e_retry text[]',
  'e_max_attempts integer[]',
  'e_handed integer[]',
  'p_owner text',
  'p_lease_ms bigint',
  'p_clock bigint',
  'p_places integer',
  'p_kinds text[]',
  'p_run_types text[]',
];

const FUNCTION = `
  CREATE FUNCTION engine_write_steps(${PARAMETERS.join(', ')})
  RETURNS json LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
  SET plan_cache_mode = force_generic_plan
  AS $engine$
  DECLARE
    clock bigint := COALESCE(p_clock, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint));
    places integer := p_places;
    held integer[];
    begun integer[];
    written integer[];
    events json;
    effects json;
    claimed json;
  BEGIN
    -- Nobody is waited for: whose run or effect someone else works on, or who knows them as they were, is left out.
    SELECT COALESCE(array_agg(locked.at), '{}') INTO held FROM (
      SELECT x.at FROM generate_subscripts(r_id, 1) AS x(at)
      JOIN engine_runs r ON r.id = r_id[x.at] AND r.revision = r_known[x.at]
      JOIN engine_effects e ON e.id = r_effect[x.at] AND e.epoch = r_epoch[x.at] AND e.state = 'leased'
      FOR UPDATE OF r, e SKIP LOCKED) AS locked;
    SELECT COALESCE(array_agg(x.at), '{}') INTO begun
      FROM generate_subscripts(r_id, 1) AS x(at) WHERE r_effect[x.at] IS NULL;
    written := held || begun;
    IF cardinality(held) > 0 THEN
      DELETE FROM engine_effects e USING unnest(held) AS x(at) WHERE e.id = r_effect[x.at];
      UPDATE engine_runs r SET version = r_version[x.at], revision = r_known[x.at] + 1, state = r_state[x.at],
          status = r_status[x.at], wait = r_wait[x.at], detail = r_detail[x.at], resume = NULL,
          timers = r_timers[x.at], timer_at = r_timer_at[x.at], open_effects = r_open_effects[x.at],
          updated_at = r_now[x.at],
          finished_at = CASE WHEN r_status[x.at] IN ('running', 'waiting') THEN NULL ELSE r_now[x.at] END
        FROM unnest(held) AS x(at) WHERE r.id = r_id[x.at];
    END IF;
    IF cardinality(begun) > 0 THEN
      INSERT INTO engine_runs (id, type, priority, created_at, version, revision, state, status, wait, detail, timers,
          timer_at, open_effects, updated_at, finished_at)
        SELECT r_id[x.at], r_type[x.at], r_priority[x.at], r_now[x.at], r_version[x.at], 1, r_state[x.at],
          r_status[x.at], r_wait[x.at], r_detail[x.at], r_timers[x.at], r_timer_at[x.at], r_open_effects[x.at],
          r_now[x.at], CASE WHEN r_status[x.at] IN ('running', 'waiting') THEN NULL ELSE r_now[x.at] END
        FROM unnest(begun) AS x(at);
    END IF;
    IF cardinality(v_run) > 0 THEN
      -- Ids rise as the rows are read, and the feed shows the events of a run by id.
      WITH told AS (
        INSERT INTO engine_events (run_id, run_type, version, type, data, actor, at)
        SELECT r_id[v_run[x.at]], r_type[v_run[x.at]], v_version[x.at], v_type[x.at], v_data[x.at],
          r_actor[v_run[x.at]], r_now[v_run[x.at]]
        FROM generate_subscripts(v_run, 1) AS x(at) WHERE v_run[x.at] = ANY(written)
        RETURNING id, xid, run_id, version)
      -- Only who begins a run asks for its events.
      SELECT json_agg(told) INTO events FROM told
        WHERE cardinality(begun) > 0 AND run_id = ANY(ARRAY(SELECT r_id[b] FROM unnest(begun) AS b));
    END IF;
    IF cardinality(e_run) > 0 THEN
      WITH asked AS (
        INSERT INTO engine_effects (run_id, run_type, key, kind, effect, actor, order_key, state, due_at, deadline_at,
          timeout_ms, retry, max_attempts, attempts, epoch, lease_owner, lease_until)
        SELECT r_id[e_run[x.at]], r_type[e_run[x.at]], e_key[x.at], e_kind[x.at], e_effect[x.at],
          r_actor[e_run[x.at]], e_order_key[x.at], e_state[x.at], e_due_at[x.at], e_deadline_at[x.at],
          e_timeout_ms[x.at], e_retry[x.at], e_max_attempts[x.at], e_handed[x.at], e_handed[x.at],
          CASE e_handed[x.at] WHEN 1 THEN p_owner END, CASE e_handed[x.at] WHEN 1 THEN clock + p_lease_ms END
        FROM generate_subscripts(e_run, 1) AS x(at) WHERE e_run[x.at] = ANY(written)
        RETURNING id, run_id, key, epoch)
      SELECT json_agg(json_build_array(run_id, key, id)) INTO effects FROM asked WHERE epoch = 1;
    END IF;
    -- The places of those that are left out are not free.
    places := places - COALESCE(cardinality(r_id), 0) + cardinality(written);
    IF places > 0 THEN
      WITH leased AS (
        UPDATE engine_effects SET state = 'leased', epoch = epoch + 1,
          attempts = attempts + CASE WHEN outcome IS NULL THEN 1 ELSE 0 END,
          lease_owner = p_owner, lease_until = clock + p_lease_ms
        WHERE id = ANY(ARRAY(
          SELECT e.id FROM engine_effects e
          WHERE e.state = 'ready' AND e.target IS NULL AND e.kind = ANY(p_kinds) AND e.run_type = ANY(p_run_types)
          ORDER BY e.order_key, e.id LIMIT places FOR UPDATE SKIP LOCKED))
        RETURNING *)
      SELECT json_build_object('id', json_agg(id), 'run_id', json_agg(run_id), 'run_type', json_agg(run_type),
          'key', json_agg(key), 'kind', json_agg(kind), 'effect', json_agg(effect), 'actor', json_agg(actor),
          'deadline_at', json_agg(deadline_at), 'timeout_ms', json_agg(timeout_ms), 'retry', json_agg(retry),
          'attempts', json_agg(attempts), 'epoch', json_agg(epoch), 'outcome', json_agg(outcome),
          'version', json_agg(version), 'revision', json_agg(revision), 'state', json_agg(state),
          'status', json_agg(status), 'wait', json_agg(wait), 'detail', json_agg(detail),
          'resume', json_agg(resume), 'priority', json_agg(priority), 'timers', json_agg(timers),
          'open_effects', json_agg(open_effects), 'created_at', json_agg(created_at),
          'updated_at', json_agg(updated_at))
        INTO claimed FROM (
          SELECT l.id, l.run_id, l.run_type, l.key, l.kind, l.effect, l.actor, l.deadline_at, l.timeout_ms, l.retry,
            l.attempts, l.epoch, l.outcome, r.version, r.revision, r.state, r.status, r.wait, r.detail, r.resume,
            r.priority, r.timers, r.open_effects, r.created_at, r.updated_at
          FROM leased l JOIN engine_runs r ON r.id = l.run_id ORDER BY l.order_key, l.id) AS best;
    END IF;
    RETURN json_build_object('written', to_json(written), 'events', events, 'effects', effects, 'claimed', claimed);
  END
  $engine$`;

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
    // The feed goes by the ids, which are the table's own order.
    await knex.raw('DROP INDEX engine_events_feed_idx');
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
  // read the whole of it ever after; hence the settings of the planner.
  await knex.raw(FUNCTION);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (knex.client.dialect === 'postgresql') {
    await knex.raw('DROP FUNCTION engine_write_steps');
    await knex.raw(
      'ALTER TABLE engine_events DROP CONSTRAINT engine_events_pkey, ADD PRIMARY KEY (id)',
    );
    await knex.raw('ALTER TABLE engine_runs RESET (fillfactor)');
  }
  await knex.raw(
    'CREATE INDEX engine_events_feed_idx ON engine_events (xid, id)',
  );
  await knex.schema.alterTable('engine_runs', table => {
    table.dropColumn('revision');
  });
};
