import type { RecordedEvent } from '../api/records';
import { InvalidCursorError } from '../errors';
import type { Binding, Database } from './Database';
import type { Bigint, EventRow } from './rows';
import { toRecordedEvent } from './rows';

const EVENT_COLUMNS =
  'id, xid, run_id, run_type, version, type, data, actor, at';
const LARGEST_PAGE = 1000;

interface Position {
  xid: string;
  id: string;
}

const START: Position = { xid: '0', id: '0' };

/**
 * The oldest transaction that may still write into this database. A snapshot names those of the whole
 * server; one is left out only when the lock on its id is seen in the hands of another database's
 * session. Seen in neither place, it counts.
 */
const OLDEST_WRITER = `
  SELECT COALESCE(
    (SELECT MIN(x::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) AS x
     WHERE NOT EXISTS (
       SELECT 1 FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
       WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
         AND l.transactionid = x::xid AND a.datname <> current_database())),
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint) AS oldest`;

function parseCursor(cursor: string | undefined): Position {
  if (cursor === undefined) {
    return START;
  }
  const match = /^(\d{1,19})\.(\d{1,19})$/.exec(cursor);
  if (!match) {
    throw new InvalidCursorError();
  }
  return { xid: match[1], id: match[2] };
}

export class EventStore {
  constructor(private readonly database: Database) {}

  async ofRun<E extends { type: string }>(
    runId: string,
    afterVersion: number,
    limit: number,
    upToVersion?: number,
    connection = this.database.knex,
  ): Promise<RecordedEvent<E>[]> {
    const rows = await this.database.query<EventRow>(connection, {
      sql: `SELECT ${EVENT_COLUMNS} FROM engine_events
            WHERE run_id = ? AND version > ? ${upToVersion === undefined ? '' : 'AND version <= ?'}
            ORDER BY version LIMIT ${Math.floor(limit)}`,
      bindings: [
        runId,
        afterVersion,
        ...(upToVersion === undefined ? [] : [upToVersion]),
      ],
    });
    return rows.map(row => toRecordedEvent<E>(row));
  }

  async feed(options: {
    after?: string;
    limit?: number;
    types?: string[];
  }): Promise<{ events: RecordedEvent[]; cursor: string; more: boolean }> {
    const after = parseCursor(options.after);
    const limit = Math.max(
      1,
      Math.min(LARGEST_PAGE, Math.floor(options.limit ?? 100)),
    );
    const settled = await this.#settled();
    // With a filter the cursor must move on past what does not match, but only up to what was
    // settled before the matching rows were read.
    const horizon = options.types
      ? await this.#lastSettled(settled)
      : undefined;
    const bindings: Binding[] = [after.xid, after.id];
    // On SQLite the ids are the whole order, and the table's own.
    const isSqlite = this.database.dialect === 'sqlite';
    if (isSqlite) {
      bindings.push(after.id);
    }
    if (horizon) {
      bindings.push(horizon.xid, horizon.id);
    }
    bindings.push(...(options.types ?? []));
    const rows =
      options.types?.length === 0
        ? []
        : await this.database.query<EventRow>(this.database.knex, {
            sql: `SELECT ${EVENT_COLUMNS} FROM engine_events
                  WHERE ${settled} AND (xid, id) > (CAST(? AS bigint), CAST(? AS bigint))
                  ${isSqlite ? 'AND id > CAST(? AS bigint)' : ''}
                  ${horizon ? 'AND (xid, id) <= (CAST(? AS bigint), CAST(? AS bigint))' : ''}
                  ${options.types ? `AND type IN (${options.types.map(() => '?').join(', ')})` : ''}
                  ORDER BY ${isSqlite ? 'id' : 'xid, id'} LIMIT ${limit + 1}`,
            bindings,
          });
    const more = rows.length > limit;
    const events = rows.slice(0, limit).map(row => toRecordedEvent(row));
    const last =
      more || !horizon ? events.at(-1)?.cursor : `${horizon.xid}.${horizon.id}`;
    const end = last ?? options.after ?? `${START.xid}.${START.id}`;
    // A reader that is ahead of the horizon (it passed a cursor of `history`) must not fall back.
    return {
      events,
      cursor: isBehind(end, after) ? options.after! : end,
      more,
    };
  }

  /**
   * Condition for rows whose older transactions have all ended, so that none can commit behind a
   * reader. It is found before the rows are read: asked together, a transaction could end in between,
   * unseen by both. SQLite has one writer and needs no such horizon.
   */
  async #settled(): Promise<string> {
    if (this.database.dialect !== 'postgres') return '1 = 1';
    const [{ oldest }] = await this.database.query<{ oldest: Bigint }>(
      this.database.knex,
      { sql: OLDEST_WRITER, bindings: [] },
    );
    return `xid < ${BigInt(oldest)}`;
  }

  async #lastSettled(settled: string): Promise<Position> {
    const [row] = await this.database.query<{ xid: Bigint; id: Bigint }>(
      this.database.knex,
      {
        sql: `SELECT xid, id FROM engine_events WHERE ${settled} ORDER BY ${this.database.dialect === 'sqlite' ? 'id DESC' : 'xid DESC, id DESC'} LIMIT 1`,
        bindings: [],
      },
    );
    return row ? { xid: String(row.xid), id: String(row.id) } : START;
  }
}

function isBehind(cursor: string, than: Position): boolean {
  const position = parseCursor(cursor);
  const [a, b] = [BigInt(position.xid), BigInt(than.xid)];
  return a < b || (a === b && BigInt(position.id) < BigInt(than.id));
}
