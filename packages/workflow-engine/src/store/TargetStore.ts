import type { Knex } from 'knex';
import type { BreakerOptions } from '../api/engine';
import type { TargetState } from '../api/records';
import type { Database, Statement } from './Database';
import type { Bigint } from './rows';

interface EffectOfTarget {
  id: number;
  epoch: number;
  target: string | undefined;
}

/**
 * A failure's write to the breaker, or nothing for an effect without target. Counts only while the
 * lease is held. While half-open only the probe counts, while open nobody does: stragglers that
 * began before it opened say nothing new.
 */
export function breakerFailure(
  database: Database,
  effect: EffectOfTarget,
  error: { name: string; message: string },
  options: BreakerOptions,
): Statement | undefined {
  if (effect.target === undefined) {
    return undefined;
  }
  const now = database.nowSql();
  const opens = `((breaker = 'closed' AND failures + 1 >= ${options.failures}) OR breaker = 'half-open')`;
  // 20 doublings exceed any sensible limit and still fit an integer.
  const coolDown = `${options.coolDownMs} * (1 << CASE WHEN opens > 20 THEN 20 ELSE opens END)`;
  return {
    sql: `UPDATE engine_targets SET
            failures = failures + 1,
            retry_at = CASE WHEN ${opens} THEN ${now} +
              CASE WHEN CAST(${coolDown} AS bigint) > ${options.maxCoolDownMs} THEN ${options.maxCoolDownMs} ELSE ${coolDown} END
              ELSE retry_at END,
            probe_id = NULL,
            opens = CASE WHEN ${opens} THEN opens + 1 ELSE opens END,
            breaker = CASE WHEN ${opens} THEN 'open' ELSE breaker END,
            last_error = ?, updated_at = ${now}
          WHERE name = ? AND (breaker = 'closed' OR (breaker = 'half-open' AND probe_id = ?))
            AND EXISTS (SELECT 1 FROM engine_effects WHERE id = ? AND epoch = ? AND state = 'leased')
          RETURNING name, breaker`,
    bindings: [
      JSON.stringify(error),
      effect.target,
      effect.id,
      effect.id,
      effect.epoch,
    ],
  };
}

/** A success's write to the breaker; touches no row while all is well. */
export function breakerSuccess(
  database: Database,
  effect: EffectOfTarget,
): Statement | undefined {
  if (effect.target === undefined) {
    return undefined;
  }
  return {
    sql: `UPDATE engine_targets SET breaker = 'closed', failures = 0, opens = 0, retry_at = NULL, probe_id = NULL,
            updated_at = ${database.nowSql()}
          WHERE name = ? AND ((breaker = 'closed' AND failures > 0) OR (breaker = 'half-open' AND probe_id = ?))
          RETURNING name, breaker`,
    bindings: [effect.target, effect.id],
  };
}

export class TargetStore {
  /** Targets whose row is known to be committed; rows are never deleted. */
  readonly #known = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly concurrencyOf: (target: string) => number,
  ) {}

  /** Makes rows for targets seen for the first time. Call {@link remember} after the commit. */
  async ensure(tx: Knex.Transaction, targets: string[]): Promise<void> {
    const unknown = targets.filter(target => !this.#known.has(target));
    if (unknown.length === 0) {
      return;
    }
    const now = this.database.nowSql();
    // Sorted, so that two transactions with the same new targets wait for each other in one order.
    const sorted = [...new Set(unknown)].sort();
    await this.database.query(tx, {
      sql: `INSERT INTO engine_targets (name, concurrency, breaker, failures, opens, updated_at)
            VALUES ${sorted.map(() => `(?, ?, 'closed', 0, 0, ${now})`).join(', ')}
            ON CONFLICT (name) DO NOTHING RETURNING name`,
      bindings: sorted.flatMap(target => [target, this.concurrencyOf(target)]),
    });
  }

  remember(targets: string[]): void {
    targets.forEach(target => this.#known.add(target));
  }

  /** Brings the stored concurrency in line with this engine's options. */
  async applyConcurrency(): Promise<void> {
    const rows = await this.database.query<{
      name: string;
      concurrency: number;
    }>(this.database.knex, {
      sql: 'SELECT name, concurrency FROM engine_targets',
      bindings: [],
    });
    for (const { name, concurrency } of rows) {
      const wanted = this.concurrencyOf(name);
      if (wanted !== concurrency) {
        await this.database.query(this.database.knex, {
          sql: 'UPDATE engine_targets SET concurrency = ? WHERE name = ? RETURNING name',
          bindings: [wanted, name],
        });
      }
    }
    this.remember(rows.map(row => row.name));
  }

  async read(): Promise<TargetState[]> {
    const rows = await this.database.query<{
      name: string;
      concurrency: number;
      breaker: TargetState['breaker'];
      failures: number;
      retry_at: Bigint | null;
      last_error: string | null;
      updated_at: Bigint;
      running: Bigint;
      waiting: Bigint;
    }>(this.database.knex, {
      sql: `SELECT t.name, t.concurrency, t.breaker, t.failures, t.retry_at, t.last_error, t.updated_at,
              (SELECT COUNT(*) FROM engine_effects e WHERE e.target = t.name AND e.state = 'leased') AS running,
              (SELECT COUNT(*) FROM engine_effects e WHERE e.target = t.name AND e.state IN ('ready', 'scheduled')) AS waiting
            FROM engine_targets t ORDER BY t.name`,
      bindings: [],
    });
    return rows.map(row => ({
      target: row.name,
      breaker: row.breaker,
      failures: row.failures,
      retryAt:
        row.retry_at === null
          ? undefined
          : new Date(Number(row.retry_at)).toISOString(),
      lastError: row.last_error ? JSON.parse(row.last_error) : undefined,
      concurrency: row.concurrency,
      running: Number(row.running),
      waiting: Number(row.waiting),
      updatedAt: new Date(Number(row.updated_at)).toISOString(),
    }));
  }

  async reset(target: string): Promise<void> {
    await this.database.query(this.database.knex, {
      sql: `UPDATE engine_targets SET breaker = 'closed', failures = 0, opens = 0, retry_at = NULL, probe_id = NULL,
              last_error = NULL, updated_at = ${this.database.nowSql()} WHERE name = ? RETURNING name`,
      bindings: [target],
    });
  }
}
