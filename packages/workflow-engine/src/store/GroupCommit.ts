import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Database } from './Database';

/** More in one transaction would make the first of them wait long for its commit. */
const LARGEST_GROUP = 64;

interface Member {
  work(tx: Knex.Transaction): Promise<unknown>;
  resolve(value: never): void;
  reject(error: unknown): void;
}

type Outcome = { value: unknown } | { error: unknown };

/**
 * Runs pieces of work in transactions. SQLite has one writer, so whatever arrives while a transaction is under way
 * shares the next one, and one write to disk; nobody waits for company. Each has a savepoint of its own: what one
 * throws undoes that one alone. Postgres joins the commits of its connections by itself, and there a shared
 * transaction would take locks in no order, so everybody gets one alone.
 */
export class GroupCommit {
  #waiting: Member[] = [];
  #committing = false;
  #shared = false;

  constructor(private readonly database: Database) {}

  /** Whether the work that runs now shares its transaction with others. */
  get isShared(): boolean {
    return this.#shared;
  }

  /** Returns once the work is committed. */
  run<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    if (this.database.dialect === 'postgres') {
      return this.database.transaction(work);
    }
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      void this.#commitAll();
    });
  }

  async #commitAll(): Promise<void> {
    if (this.#committing) {
      return;
    }
    this.#committing = true;
    while (this.#waiting.length > 0) {
      // Handlers that are ready end in the same turn; a turn is no wait.
      await nextTurn();
      await this.#commit(this.#waiting.splice(0, LARGEST_GROUP));
    }
    this.#committing = false;
  }

  async #commit(members: Member[]): Promise<void> {
    const outcomes: Outcome[] = [];
    this.#shared = members.length > 1;
    try {
      await this.database.transaction(async tx => {
        for (const { work } of members) {
          outcomes.push(await this.#inSavepoint(tx, work));
        }
      });
    } catch (error) {
      members.forEach(({ reject }) => reject(error));
      return;
    }
    members.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index];
      if ('error' in outcome) {
        reject(outcome.error);
      } else {
        resolve(outcome.value as never);
      }
    });
  }

  async #inSavepoint(
    tx: Knex.Transaction,
    work: Member['work'],
  ): Promise<Outcome> {
    await this.database.execute(tx, 'SAVEPOINT engine_member');
    let outcome: Outcome;
    try {
      outcome = { value: await work(tx) };
    } catch (error) {
      outcome = { error };
      await this.database.execute(tx, 'ROLLBACK TO engine_member');
    }
    await this.database.execute(tx, 'RELEASE engine_member');
    return outcome;
  }
}
