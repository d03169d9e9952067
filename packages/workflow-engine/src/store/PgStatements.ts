import { createHash } from 'node:crypto';
import type { Binding } from './Database';

/** The part of a pg connection that is used here. */
export interface PgConnection {
  query(statement: {
    name?: string;
    text: string;
    values: readonly Binding[];
  }): Promise<{ rows: unknown[] }>;
}

/** A text may hold numbers, such as a test's clock, so that there is no end of texts. */
const MOST_STATEMENTS = 200;
/** What Postgres says where a pooler between gives every transaction another session. */
const FOREIGN_SESSION = ['26000', '42P05'];

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error
    ? error.code
    : undefined;

const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Runs SQL on Postgres. Planning a step's statement anew takes the server longer than running it. */
export class PgStatements {
  readonly #known = new Map<string, { name?: string; text: string }>();
  #prepares = true;

  async run(
    connection: PgConnection,
    sql: string,
    values: readonly Binding[],
  ): Promise<unknown[]> {
    const { name, text } = this.#statement(sql);
    try {
      const { rows } = await connection.query({
        ...(this.#prepares && name && { name }),
        text,
        values,
      });
      return rows;
    } catch (error) {
      if (FOREIGN_SESSION.includes(String(codeOf(error)))) {
        this.#prepares = false;
      }
      throw error;
    }
  }

  #statement(sql: string): { name?: string; text: string } {
    let statement = this.#known.get(sql);
    if (!statement) {
      let count = 0;
      const text = sql.replace(/\?/g, () => `$${++count}`);
      if (this.#known.size >= MOST_STATEMENTS) {
        return { text };
      }
      // By content: several engines may share the connections.
      statement = { name: `engine_${digestOf(text)}`, text };
      this.#known.set(sql, statement);
    }
    return statement;
  }
}
