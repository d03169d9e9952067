import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { EngineLogger } from '../api/engine';
import { describeError } from '../errorSummary';
import type { Notifier } from './Notifier';

/** The part of a `pg` client that is used here; knex makes it from its own configuration. */
interface PgClient {
  query(text: string, values?: unknown[]): Promise<unknown>;
  on(
    event: 'notification',
    listener: (message: { payload?: string }) => void,
  ): unknown;
  on(event: 'error' | 'end', listener: (error?: Error) => void): unknown;
  end(): Promise<void>;
}

/** Notifications are collected for this long. */
const COLLECT_MS = 5;
/** A busy engine sends no more than one in this time. */
const SPACING_MS = 25;
/** A longer list says only "something changed"; Postgres takes at most 8000 bytes. */
const MOST_RUN_IDS = 25;
const LONGEST_RECONNECT_MS = 30_000;

/**
 * LISTEN/NOTIFY over one connection of its own. NOTIFY is sent after the commit and not in it,
 * because Postgres lets transactions that notify commit only one after the other.
 */
export class PostgresNotifier implements Notifier {
  #connection?: PgClient;
  #channel?: string;
  #onWake?: (runIds: string[]) => void;
  #reconnect?: NodeJS.Timeout;
  #reconnectMs = 500;
  #collect?: NodeJS.Timeout;
  #sentAt = -Infinity;
  #sending = Promise.resolve();
  readonly #changed = new Set<string>();
  #stopped = true;

  constructor(
    private readonly knex: Knex,
    private readonly owner: string,
    private readonly logger: EngineLogger,
  ) {}

  async start(onWake: (runIds: string[]) => void): Promise<void> {
    this.#stopped = false;
    this.#onWake = onWake;
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#reconnect);
    clearTimeout(this.#collect);
    this.#sendNext();
    await this.#sending;
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.end().catch(() => undefined);
  }

  publish(runId: string): void {
    this.#changed.add(runId);
    this.#collect ??= setTimeout(
      () => this.#sendNext(),
      Math.max(COLLECT_MS, this.#sentAt + SPACING_MS - performance.now()),
    ).unref();
  }

  async #connect(): Promise<void> {
    let connection: PgClient | undefined;
    try {
      connection = await this.knex.client.acquireRawConnection();
      if (this.#stopped || !connection) {
        await connection?.end();
        return;
      }
      let gone = false;
      const onGone = (error?: Error) => {
        if (!gone && this.#connection === connection) {
          gone = true;
          this.#connection = undefined;
          this.#retry(error);
        }
      };
      connection.on('error', onGone);
      connection.on('end', onGone);
      connection.on('notification', ({ payload }) => this.#receive(payload));
      // A wake-up that a crash of the server loses costs one poll, so it need not wait for the disk.
      await connection.query('SET synchronous_commit TO off');
      await connection.query(`LISTEN "${await this.#channelName()}"`);
      this.#connection = connection;
      this.#reconnectMs = 500;
      // What was said while nobody listened.
      this.#onWake?.([]);
    } catch (error) {
      this.#connection = undefined;
      await connection?.end().catch(() => undefined);
      this.#retry(error instanceof Error ? error : undefined);
    }
  }

  #retry(error: Error | undefined): void {
    if (this.#stopped) {
      return;
    }
    this.logger.warn(
      `The workflow engine cannot listen for wake-ups on Postgres and only polls; next try in ${this.#reconnectMs} ms: ${error?.message ?? 'the connection ended'}`,
    );
    this.#reconnect = setTimeout(
      () => void this.#connect(),
      this.#reconnectMs,
    ).unref();
    this.#reconnectMs = Math.min(this.#reconnectMs * 2, LONGEST_RECONNECT_MS);
  }

  #receive(payload: string | undefined): void {
    const [from, ...runIds] = (payload ?? '').split('\n');
    if (from !== this.owner) {
      this.#onWake?.(runIds);
    }
  }

  /** Channels belong to the database, the engine's tables to a schema of it. */
  async #channelName(): Promise<string> {
    if (!this.#channel) {
      const { rows } = await this.knex.raw('SELECT current_schema() AS name');
      const hash = createHash('sha256')
        .update(String(rows[0].name))
        .digest('hex');
      this.#channel = `slipway_engine_${hash.slice(0, 16)}`;
    }
    return this.#channel;
  }

  /** One after the other: a connection takes one statement at a time. */
  #sendNext(): void {
    this.#collect = undefined;
    this.#sentAt = performance.now();
    this.#sending = this.#sending.then(() => this.#send());
  }

  async #send(): Promise<void> {
    if (this.#changed.size === 0) {
      return;
    }
    const runIds = [...this.#changed];
    this.#changed.clear();
    const payload = [
      this.owner,
      ...(runIds.length > MOST_RUN_IDS ? [] : runIds),
    ].join('\n');
    try {
      const channel = await this.#channelName();
      if (this.#connection) {
        await this.#connection.query('SELECT pg_notify($1, $2)', [
          channel,
          payload,
        ]);
      } else {
        await this.knex.raw('SELECT pg_notify(?, ?)', [channel, payload]);
      }
    } catch (error) {
      this.logger.debug(
        `A wake-up was not sent; others will poll: ${describeError(error)}`,
      );
    }
  }
}
