import type { Knex } from 'knex';
import { FieldError } from '../api/FieldError';

/** Where a page ended: the sort key and the identifier of its last row. */
export type Position = [key: string, id: string];

/** What a client hands back to get the next page. */
function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws `FieldError` for anything that `encodeCursor` has not made. */
export function decodeCursor(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (
      Array.isArray(value) &&
      value.length === 2 &&
      value.every(part => typeof part === 'string')
    )
      return [value[0], value[1]];
  } catch {
    // Said below, together with well-formed nonsense.
  }
  throw new FieldError([
    { pointer: 'cursor', detail: 'is not one that this API has given out' },
  ]);
}

/** A page of items. */
export interface PageOf<T> {
  items: T[];
  totalItems: number;
  nextCursor?: string;
}

/**
 * Cuts a page of `limit` items off rows that were read with one row more than that, to see whether there are more.
 */
export function pageOf<Row, T>(
  rows: Row[],
  options: {
    limit: number;
    totalItems: number;
    position(row: Row): Position;
    item(row: Row): T;
  },
): PageOf<T> {
  const { limit, totalItems, position, item } = options;
  const kept = rows.slice(0, limit);
  return {
    items: kept.map(item),
    totalItems,
    ...(rows.length > limit && {
      nextCursor: encodeCursor(position(kept[kept.length - 1])),
    }),
  };
}

/** Which page of a list that is sorted by creation. */
export interface CreationPage {
  descending: boolean;
  cursor?: string;
  limit: number;
}

/** Reads one page of a table with the columns `created_at` and `id`. */
export async function pageByCreation<
  Row extends { id: string; created_at: string },
  T,
>(
  matching: Knex.QueryBuilder<Row, Row[]>,
  { descending, cursor, limit }: CreationPage,
  item: (row: Row) => T,
): Promise<PageOf<T>> {
  // Knex cannot tell the type of a count of a generic table; it is a string on Postgres, a number on SQLite.
  const counting = matching.clone().count({ count: '*' }) as unknown as Promise<
    Array<{ count: number | string }>
  >;
  const order = descending ? 'desc' : 'asc';
  const page = matching
    .clone()
    .orderBy('created_at', order)
    .orderBy('id', order)
    .limit(limit + 1);
  if (cursor)
    page.whereRaw(
      `(created_at, id) ${descending ? '<' : '>'} (?, ?)`,
      decodeCursor(cursor),
    );
  const [[{ count }], rows] = await Promise.all([counting, page]);
  return pageOf(rows as Row[], {
    limit,
    totalItems: Number(count),
    position: row => [row.created_at, row.id],
    item,
  });
}
