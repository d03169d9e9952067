import type { Knex } from 'knex';

/** SQL expressions over `n`, which the database evaluates for each copy. */
export interface Copies {
  from: number;
  /** Not included. */
  to: number;
  /** Text of the pattern, and what stands there in copy `n`. */
  tokens: Record<string, string>;
  /** By so many minutes everything lies further back in time: an expression over `n`. */
  minutesBack: string;
  /** Columns that get another value than the pattern's. */
  set?: Record<string, string>;
}

const minute = /20\d\d-\d\d-\d\dT\d\d:\d\d/;
const epochMs = /\b1[789]\d{11}\b/;

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** An identifier in the shape of a UUID: a hexadecimal digit for what it identifies, and a number. */
export function uuid(knex: Knex, kind: string, number: string): string {
  const digits = isPostgres(knex)
    ? `lpad((${number})::text, 7, '0')`
    : `substr('0000000' || (${number}), -7, 7)`;
  return `('${kind}' || ${digits} || '-0000-4000-8000-00000' || ${digits})`;
}

/**
 * Writes copies of rows that a plugin has written itself. Identifiers, names and times within texts (JSON too) become
 * those of each copy; the database makes them, so that gigabytes need not travel.
 */
export async function multiply(
  knex: Knex,
  table: string,
  patterns: Array<Record<string, unknown>>,
  copies: Copies,
): Promise<void> {
  const types: Record<string, { type: string }> =
    await knex(table).columnInfo();
  const last = copies.to - 1;
  const series = isPostgres(knex)
    ? `generate_series(${copies.from}, ${last}) AS x(n)`
    : `(WITH RECURSIVE x(n) AS (SELECT ${copies.from} UNION ALL SELECT n + 1 FROM x WHERE n < ${last}) SELECT n FROM x)`;
  for (const pattern of patterns) {
    const bindings: Knex.RawBinding[] = [];
    // The database numbers rows, and transactions, itself.
    const columns = Object.keys(pattern).filter(
      column =>
        column !== 'xid' &&
        !(column === 'id' && /^\d+$/.test(String(pattern.id))),
    );
    const values = columns.map(column => {
      const given = copies.set?.[column];
      const expression =
        given ?? copyOf(knex, pattern[column], copies, bindings);
      return isPostgres(knex)
        ? `CAST(${expression} AS ${types[column].type})`
        : expression;
    });
    await knex.raw(
      `INSERT INTO ${table} (${columns.map(name => `"${name}"`).join(', ')})
       SELECT ${values.join(', ')} FROM ${series}`,
      bindings,
    );
  }
}

function copyOf(
  knex: Knex,
  value: unknown,
  { tokens, minutesBack }: Copies,
  bindings: Knex.RawBinding[],
): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) {
    bindings.push(value.toISOString());
    return '?';
  }
  const text =
    typeof value === 'object' ? JSON.stringify(value) : String(value);
  const names = Object.keys(tokens)
    .sort((a, b) => b.length - a.length)
    .map(token => token.replace(/[.\\/]/g, '\\$&'));
  const parts = text.split(
    new RegExp(`(${[...names, minute.source, epochMs.source].join('|')})`),
  );
  if (parts.length === 1) {
    bindings.push(typeof value === 'number' ? value : text);
    return isPostgres(knex) ? '?::text' : '?';
  }
  const expressions = parts.flatMap((part, index) => {
    if (index % 2) {
      if (tokens[part]) return tokens[part];
      if (minute.test(part)) return minuteBefore(knex, part, minutesBack);
      // Half a million minutes are more milliseconds than Postgres' integers hold.
      return `(${part} - (${minutesBack}) * CAST(60000 AS bigint))`;
    }
    if (!part) return [];
    bindings.push(part);
    return isPostgres(knex) ? '?::text' : '?';
  });
  // Numbers stay numbers on SQLite, which knows no other type than that of the value.
  return expressions.length === 1
    ? expressions[0]
    : `(${expressions.join(' || ')})`;
}

function minuteBefore(knex: Knex, text: string, minutesBack: string): string {
  return isPostgres(knex)
    ? `to_char(timestamp '${text}:00' - (${minutesBack}) * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI')`
    : `strftime('%Y-%m-%dT%H:%M', '${text}:00', '-' || (${minutesBack}) || ' minutes')`;
}
