import type { Knex } from 'knex';

/** Until so many connections to this database of Postgres wait for locks of others. */
export async function untilBlocked(knex: Knex, count: number): Promise<void> {
  for (;;) {
    const { rows } = await knex.raw(
      `select 1 from pg_stat_activity
       where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
    );
    if (rows.length >= count) return;
  }
}
