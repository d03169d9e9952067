import type { Knex } from 'knex';
import type { BreakerOptions } from '../api/engine';
import type { RetryPolicy } from '../api/workflow';
import type { Database, Statement } from './Database';
import type { Bigint, EffectEnd, EffectRow, LeasedEffect } from './rows';
import { toLeasedEffect } from './rows';
import { breakerFailure } from './TargetStore';

/** What there is to do now and when there will be more. Times are epoch milliseconds. */
export interface WorkAhead {
  now: number;
  /** An effect without target is ready. */
  plainReady: boolean;
  /** An effect is ready whose target has room and a breaker that lets it through. */
  targetReady: boolean;
  nextScheduled: number | undefined;
  nextDeadline: number | undefined;
  nextLeaseEnd: number | undefined;
  nextTimer: number | undefined;
  /** When the next open breaker that effects wait for lets a probe through. */
  nextProbe: number | undefined;
}

export interface Claimant {
  owner: string;
  leaseMs: number;
  /** Effects of others are left to engines that know them. */
  kinds: string[];
  runTypes: string[];
}

export interface ErrorSummary {
  name: string;
  message: string;
}

const EFFECT_COLUMNS =
  'id, run_id, run_type, key, kind, effect, actor, target, deadline_at, timeout_ms, retry, attempts, epoch, outcome';

const list = (values: readonly unknown[]): string =>
  values.map(() => '?').join(', ');

const optional = (value: Bigint | null): number | undefined =>
  value === null ? undefined : Number(value);

const mineSql = (claimant: Claimant): string =>
  `e.kind IN (${list(claimant.kinds)}) AND e.run_type IN (${list(claimant.runTypes)})`;

/** A target that may take one more effect: SQL over engine_targets t. */
const targetOpen = (now: string): string => `(
  (t.breaker = 'closed' AND (SELECT COUNT(*) FROM engine_effects l WHERE l.state = 'leased' AND l.target = t.name) < t.concurrency)
  OR (t.breaker = 'open' AND t.retry_at <= ${now}
      AND NOT EXISTS (SELECT 1 FROM engine_effects l WHERE l.state = 'leased' AND l.target = t.name))
  OR (t.breaker = 'half-open'
      AND NOT EXISTS (SELECT 1 FROM engine_effects l WHERE l.state = 'leased' AND l.target = t.name)))`;

/** Claims, renews, retries and releases effects. Every write carries the lease's epoch. */
export class EffectStore {
  constructor(private readonly database: Database) {}

  async lookAhead(claimant: Claimant): Promise<WorkAhead> {
    const now = this.database.nowSql();
    const mine = mineSql(claimant);
    const known = [...claimant.kinds, ...claimant.runTypes];
    const [row] = await this.database.query<{
      now_ms: Bigint;
      plain: number | null;
      targeted: number | null;
      scheduled: Bigint | null;
      deadline: Bigint | null;
      lease_end: Bigint | null;
      timer: Bigint | null;
      probe: Bigint | null;
    }>(this.database.knex, {
      sql: `SELECT ${now} AS now_ms,
        (SELECT 1 FROM engine_effects e WHERE e.state = 'ready' AND e.target IS NULL AND ${mine} LIMIT 1) AS plain,
        (SELECT 1 FROM engine_targets t WHERE EXISTS
          (SELECT 1 FROM engine_effects e WHERE e.state = 'ready' AND e.target = t.name AND ${mine})
          AND ${targetOpen(now)} LIMIT 1) AS targeted,
        (SELECT MIN(due_at) FROM engine_effects WHERE state = 'scheduled') AS scheduled,
        (SELECT MIN(deadline_at) FROM engine_effects WHERE deadline_at IS NOT NULL AND state IN ('ready', 'scheduled')) AS deadline,
        (SELECT MIN(lease_until) FROM engine_effects WHERE state = 'leased') AS lease_end,
        (SELECT MIN(timer_at) FROM engine_runs WHERE timer_at IS NOT NULL AND type IN (${list(claimant.runTypes)})) AS timer,
        (SELECT MIN(t.retry_at) FROM engine_targets t WHERE t.breaker = 'open' AND EXISTS
          (SELECT 1 FROM engine_effects e WHERE e.state = 'ready' AND e.target = t.name)) AS probe`,
      bindings: [...known, ...known, ...claimant.runTypes],
    });
    this.database.learnNow(Number(row.now_ms));
    return {
      now: Number(row.now_ms),
      plainReady: row.plain !== null,
      targetReady: row.targeted !== null,
      nextScheduled: optional(row.scheduled),
      nextDeadline: optional(row.deadline),
      nextLeaseEnd: optional(row.lease_end),
      nextTimer: optional(row.timer),
      nextProbe: optional(row.probe),
    };
  }

  /** Makes scheduled effects ready whose time has come. */
  async promoteDue(): Promise<void> {
    await this.database.query(this.database.knex, {
      sql: `UPDATE engine_effects SET state = 'ready' WHERE id IN (
              SELECT id FROM engine_effects WHERE state = 'scheduled' AND due_at <= ${this.database.nowSql()}
              ORDER BY due_at LIMIT 500 ${this.database.skipLocked}) RETURNING id`,
      bindings: [],
    });
  }

  /** Ends effects whose deadline passed while they waited; only their delivery is left. */
  async expireDeadlines(): Promise<void> {
    const end: EffectEnd = {
      kind: 'failed',
      reason: 'deadline',
      error: {
        name: 'DeadlineError',
        message: 'The deadline passed before the effect was done',
      },
    };
    await this.database.query(this.database.knex, {
      sql: `UPDATE engine_effects SET state = 'ready', target = NULL, deadline_at = NULL,
              outcome = COALESCE(outcome, ?) WHERE id IN (
              SELECT id FROM engine_effects
              WHERE deadline_at <= ${this.database.nowSql()} AND state IN ('ready', 'scheduled')
              ORDER BY deadline_at LIMIT 500 ${this.database.skipLocked}) RETURNING id`,
      bindings: [JSON.stringify(end)],
    });
  }

  /**
   * Takes back effects whose worker let the lease run out. The attempt was counted by the claim, so
   * that an effect which kills its worker ends as `exhausted` instead of going round for ever.
   */
  async reclaimExpired(
    delayOf: (policy: RetryPolicy, attempts: number) => number,
  ): Promise<number> {
    const end: EffectEnd = {
      kind: 'failed',
      reason: 'exhausted',
      error: {
        name: 'LeaseLostError',
        message:
          'Every worker that tried the effect stopped before it was done',
      },
    };
    return this.database.transaction(async tx => {
      const expired = await this.database.query<{
        id: Bigint;
        attempts: number;
        max_attempts: number;
        retry: string;
        outcome: string | null;
        now_ms: Bigint;
      }>(tx, {
        sql: `SELECT id, attempts, max_attempts, retry, outcome, ${this.database.nowSql()} AS now_ms FROM engine_effects
              WHERE state = 'leased' AND lease_until < ${this.database.nowSql()}
              ORDER BY lease_until LIMIT 100 ${this.database.skipLocked}`,
        bindings: [],
      });
      for (const row of expired) {
        const ended = row.outcome !== null || row.attempts >= row.max_attempts;
        const delay = ended ? 0 : delayOf(JSON.parse(row.retry), row.attempts);
        await this.database.query(tx, {
          sql: `UPDATE engine_effects SET state = ?, due_at = ?, epoch = epoch + 1, lease_owner = NULL, lease_until = NULL
                ${ended ? ', target = NULL, deadline_at = NULL, outcome = COALESCE(outcome, ?)' : ''}
                WHERE id = ? RETURNING id`,
          bindings: [
            delay > 0 ? 'scheduled' : 'ready',
            Number(row.now_ms) + delay,
            ...(ended ? [JSON.stringify(end)] : []),
            Number(row.id),
          ],
        });
      }
      return expired.length;
    });
  }

  /**
   * Leases up to `limit` ready effects, best first, and at most one for each target in one call.
   * Never waits for a lock, so that it may come last in a transaction that holds others.
   */
  async claim(
    tx: Knex,
    claimant: Claimant,
    limit: number,
    withTargets: boolean,
  ): Promise<LeasedEffect[]> {
    const now = this.database.nowSql();
    const mine = mineSql(claimant);
    const known = [...claimant.kinds, ...claimant.runTypes];
    // The target's row is the lock under which its running effects are counted. The count must be a
    // statement of its own: its snapshot has to begin after the lock is held.
    const targets = withTargets
      ? await this.database.query<{ name: string; breaker: string }>(tx, {
          sql: `SELECT t.name, t.breaker FROM engine_targets t
                WHERE EXISTS (SELECT 1 FROM engine_effects e WHERE e.state = 'ready' AND e.target = t.name AND ${mine})
                AND ${targetOpen(now)}
                ORDER BY (SELECT MIN(b.order_key) FROM engine_effects b WHERE b.state = 'ready' AND b.target = t.name)
                LIMIT ${limit} ${this.database.skipLocked && 'FOR UPDATE OF t SKIP LOCKED'}`,
          bindings: known,
        })
      : [];
    const rows = await this.database.query<EffectRow>(
      tx,
      this.claimStatement(
        claimant,
        limit,
        targets.map(({ name }) => name),
      ),
    );
    const breakers = new Map(
      targets.map(target => [target.name, target.breaker]),
    );
    for (const row of rows) {
      if (row.target !== null && breakers.get(row.target) !== 'closed') {
        await this.database.query(tx, {
          sql: `UPDATE engine_targets SET breaker = 'half-open', probe_id = ?, updated_at = ${now} WHERE name = ? RETURNING name`,
          bindings: [Number(row.id), row.target],
        });
      }
    }
    return rows.map(row => toLeasedEffect(row));
  }

  /** Leases up to `limit` ready effects: those without target, and one for each of the targets, whose rows are held. */
  claimStatement(
    claimant: Claimant,
    limit: number,
    targets: string[] = [],
  ): Statement {
    const now = this.database.nowSql();
    const mine = mineSql(claimant);
    const known = [...claimant.kinds, ...claimant.runTypes];
    const perTarget =
      targets.length > 0
        ? `UNION ALL SELECT * FROM (
             SELECT (SELECT e.id FROM engine_effects e WHERE e.state = 'ready' AND e.target = t.name AND ${mine}
                     ORDER BY e.order_key, e.id LIMIT 1 ${this.database.skipLocked}) AS id
             FROM engine_targets t WHERE t.name IN (${list(targets)}) AND ${targetOpen(now)}) AS best`
        : '';
    return {
      sql: `WITH plain AS MATERIALIZED (
              SELECT e.id FROM engine_effects e WHERE e.state = 'ready' AND e.target IS NULL AND ${mine}
              ORDER BY e.order_key, e.id LIMIT ${limit} ${this.database.skipLocked}),
            candidates AS MATERIALIZED (SELECT id FROM plain ${perTarget}),
            chosen AS MATERIALIZED (SELECT c.id FROM candidates c JOIN engine_effects o ON o.id = c.id
              ORDER BY o.order_key, o.id LIMIT ${limit})
            UPDATE engine_effects SET state = 'leased', epoch = epoch + 1,
              attempts = attempts + CASE WHEN outcome IS NULL THEN 1 ELSE 0 END,
              lease_owner = ?, lease_until = ${now} + ${Math.ceil(claimant.leaseMs)}
            WHERE id IN (SELECT id FROM chosen) AND state = 'ready' RETURNING ${EFFECT_COLUMNS}`,
      bindings: [
        ...known,
        ...(targets.length > 0 ? [...known, ...targets] : []),
        claimant.owner,
      ],
    };
  }

  /** Prolongs leases. Returns the ids of those that are lost. */
  async renew(
    held: { id: number; epoch: number }[],
    leaseMs: number,
  ): Promise<Set<number>> {
    const pairs = held.map(() => '(id = ? AND epoch = ?)').join(' OR ');
    const bindings = held.flatMap(({ id, epoch }) => [id, epoch]);
    const renewed = await this.database.query<{ id: Bigint }>(
      this.database.knex,
      {
        sql: `UPDATE engine_effects SET lease_until = ${this.database.nowSql()} + ${Math.ceil(leaseMs)}
            WHERE id IN (SELECT id FROM engine_effects WHERE state = 'leased' AND (${pairs})
              ORDER BY id ${this.database.skipLocked}) RETURNING id`,
        bindings,
      },
    );
    const lost = new Set(held.map(({ id }) => id));
    renewed.forEach(row => lost.delete(Number(row.id)));
    if (lost.size > 0) {
      // A row that someone is just writing was passed over; it is lost only when it is really gone.
      const still = await this.database.query<{ id: Bigint }>(
        this.database.knex,
        {
          sql: `SELECT id FROM engine_effects WHERE state = 'leased' AND (${pairs})`,
          bindings,
        },
      );
      still.forEach(row => lost.delete(Number(row.id)));
    }
    return lost;
  }

  /** Looks again later: no failure. Returns false when the lease was lost. */
  async again(effect: LeasedEffect, afterMs: number): Promise<boolean> {
    const due = `${this.database.nowSql()} + ${Math.ceil(afterMs)}`;
    const rows = await this.database.query(this.database.knex, {
      sql: `UPDATE engine_effects SET state = ${afterMs > 0 ? "'scheduled'" : "'ready'"}, due_at = ${due},
              attempts = attempts - 1, lease_owner = NULL, lease_until = NULL
            WHERE id = ? AND epoch = ? AND state = 'leased' RETURNING id`,
      bindings: [effect.id, effect.epoch],
    });
    return rows.length === 1;
  }

  /** Tries again later after a failure. Returns false when the lease was lost. */
  async retry(
    effect: LeasedEffect,
    delayMs: number,
    error: ErrorSummary,
    breaker: BreakerOptions,
  ): Promise<boolean> {
    const retry: Statement = {
      sql: `UPDATE engine_effects SET state = 'scheduled', due_at = ${this.database.nowSql()} + ${Math.ceil(delayMs)},
              last_error = ?, lease_owner = NULL, lease_until = NULL
            WHERE id = ? AND epoch = ? AND state = 'leased' RETURNING id`,
      bindings: [JSON.stringify(error), effect.id, effect.epoch],
    };
    const failure = breakerFailure(this.database, effect, error, breaker);
    // The breaker comes first: it looks whether the lease is held, which `retry` gives up.
    const result = await this.database.together<'breaker' | 'retry'>(
      this.database.knex,
      failure ? { breaker: failure, retry } : { retry },
    );
    return result.retry?.length === 1;
  }

  /** Gives leases back without counting the attempt. */
  async release(held: { id: number; epoch: number }[]): Promise<void> {
    if (held.length === 0) {
      return;
    }
    await this.database.query(this.database.knex, {
      sql: `UPDATE engine_effects SET state = 'ready', epoch = epoch + 1, lease_owner = NULL, lease_until = NULL,
              attempts = attempts - CASE WHEN outcome IS NULL THEN 1 ELSE 0 END
            WHERE state = 'leased' AND (${held.map(() => '(id = ? AND epoch = ?)').join(' OR ')}) RETURNING id`,
      bindings: held.flatMap(({ id, epoch }) => [id, epoch]),
    });
  }
}
