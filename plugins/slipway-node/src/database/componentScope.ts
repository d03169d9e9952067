import type { Knex } from 'knex';

/** Which components' rows a list may show. */
export type ComponentScope =
  { only: readonly string[] } | { without: readonly string[] };

/**
 * Narrows a query of a table with the column `component_ref`. However many components there are, they are one
 * parameter, which both databases look up by hash or tree.
 */
export function whereInScope<Row extends object, Result>(
  knex: Knex,
  matching: Knex.QueryBuilder<Row, Result>,
  scope: ComponentScope,
): void {
  const isPostgres = knex.client.config.client === 'pg';
  const refs = 'only' in scope ? scope.only : scope.without;
  if ('without' in scope && !refs.length) return;
  if ('only' in scope && refs.length === 1)
    matching.whereRaw('component_ref = ?', [refs[0]]);
  else if (isPostgres)
    matching.whereRaw(
      `component_ref ${'only' in scope ? '= ANY' : '<> ALL'}(?::text[])`,
      [refs as string[]] as unknown as Knex.RawBinding[],
    );
  else
    matching.whereRaw(
      `component_ref ${'only' in scope ? 'IN' : 'NOT IN'} (SELECT value FROM json_each(?))`,
      [JSON.stringify(refs)],
    );
}
