import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Knex } from 'knex';
import type { Engine, EngineOptions } from './api/engine';
import type { SubmitResult } from './api/records';
import { describeError } from './errorSummary';
import { LocalNotifier } from './notify/Notifier';
import { PostgresNotifier } from './notify/PostgresNotifier';
import type { Committed, HandOver } from './runs/Committed';
import { WorkflowFault } from './runs/Committed';
import { Planner } from './runs/Planner';
import { Runs } from './runs/Runs';
import { StepGroup } from './runs/StepGroup';
import { TogetherWriter } from './runs/TogetherWriter';
import type { StartRequest } from './runs/runChanges';
import { assertSupported, Database } from './store/Database';
import { EffectStore } from './store/EffectStore';
import { EventStore } from './store/EventStore';
import { GroupCommit } from './store/GroupCommit';
import { IdempotencyStore } from './store/IdempotencyStore';
import { PostgresStepStore } from './store/PostgresStepStore';
import { RunStore } from './store/RunStore';
import { SqliteStepStore } from './store/SqliteStepStore';
import { TargetStore } from './store/TargetStore';
import { toRunRecord } from './store/rows';
import { Worker } from './worker/Worker';

type Step = { result: () => SubmitResult; committed?: Committed };

/**
 * Makes an engine over a migrated database. It answers at once; it works after `start()`.
 * @throws UnsupportedDatabaseError
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { knex, logger } = options;
  await assertSupported(knex);
  const targetConcurrency = options.targetConcurrency ?? 1;
  const database = new Database(knex, options.clock);
  const commits = new GroupCommit(database);
  const owner = randomUUID();
  const runStore = new RunStore(database);
  const effects = new EffectStore(database);
  const events = new EventStore(database);
  const idempotency = new IdempotencyStore(database);
  const targets = new TargetStore(database, target =>
    typeof targetConcurrency === 'number'
      ? targetConcurrency
      : targetConcurrency(target),
  );
  await database.synchronizeClock();
  await targets.applyConcurrency();

  const changes = new EventEmitter().setMaxListeners(0);
  const planner = new Planner({
    workflows: options.workflows,
    handlers: options.handlers,
    ageingMs: options.ageingMs ?? 60_000,
  });
  const runs = new Runs(
    database,
    { runs: runStore, targets, events, idempotency },
    planner,
  );
  const claimant = {
    owner,
    leaseMs: options.leaseMs ?? 30_000,
    kinds: Object.keys(options.handlers),
    runTypes: options.workflows.map(workflow => workflow.type),
  };
  const stepStore =
    database.dialect === 'postgres'
      ? new PostgresStepStore(database, claimant)
      : new SqliteStepStore(database, effects, claimant);
  const steps = new StepGroup(
    database.dialect,
    new TogetherWriter(database, runStore, stepStore, planner),
  );
  const worker = new Worker(
    database,
    commits,
    effects,
    targets,
    runs,
    stepStore,
    steps,
    database.dialect === 'postgres'
      ? new PostgresNotifier(knex, owner, logger)
      : new LocalNotifier(knex, owner),
    {
      concurrency: options.concurrency ?? 8,
      pollMs: options.pollMs ?? 1000,
      breaker: {
        failures: 5,
        coolDownMs: 10_000,
        maxCoolDownMs: 600_000,
        ...options.breaker,
      },
      handlers: options.handlers,
      claimant,
      random: options.random ?? Math.random,
      logger,
    },
    runId => {
      try {
        changes.emit('change', { runId });
      } catch (error) {
        logger.error(`A listener of onChange failed: ${describeError(error)}`);
      }
    },
  );

  async function inTransaction(
    tx: Knex.Transaction | undefined,
    work: (tx: Knex.Transaction, handOver?: HandOver) => Promise<Step>,
  ): Promise<SubmitResult> {
    try {
      return await (tx
        ? inCallersTransaction(tx, work)
        : inOwnTransaction(work));
    } catch (error) {
      // Callers see what the workflow threw.
      throw error instanceof WorkflowFault ? error.error : error;
    }
  }

  async function inOwnTransaction(
    work: (tx: Knex.Transaction, handOver?: HandOver) => Promise<Step>,
  ): Promise<SubmitResult> {
    const handOver = worker.openHandOver(0);
    let step: Step | undefined;
    try {
      step = await commits.run(tx => work(tx, handOver));
    } finally {
      handOver.close(step?.committed?.leased.length ?? 0);
    }
    if (step.committed) {
      worker.afterCommit(step.committed);
    }
    return step.result();
  }

  /** Undefined when the start has to be done alone. */
  async function startTogether(
    request: StartRequest,
  ): Promise<SubmitResult | undefined> {
    // A run that exists already, or a key that was used, is for the caller alone to hear of.
    if (request.id !== undefined || request.idempotencyKey !== undefined) {
      return undefined;
    }
    const handOver = worker.openHandOver(0);
    let step: (Step & { committed: Committed }) | undefined;
    try {
      step = await steps.write({ kind: 'start', request, handOver });
    } finally {
      handOver.close(step?.committed.leased.length ?? 0);
    }
    if (step) {
      worker.afterCommit(step.committed);
    }
    return step?.result();
  }

  async function inCallersTransaction(
    tx: Knex.Transaction,
    work: (tx: Knex.Transaction) => Promise<Step>,
  ): Promise<SubmitResult> {
    await database.takeWriteLock(tx);
    // A savepoint, so that a caller who survives our error does not commit half a decision.
    const { result, committed } = await tx.transaction(savepoint =>
      work(savepoint),
    );
    if (committed) {
      // The caller's own savepoint may be all that `tx` is; its end says nothing yet.
      let outermost = tx;
      while (outermost.parentTransaction) {
        outermost = outermost.parentTransaction;
      }
      outermost.executionPromise.then(
        () => worker.afterForeignEnd(committed),
        () => undefined,
      );
    }
    return result();
  }

  return {
    start: () => worker.start(),
    stop: stopOptions => worker.stop(stopOptions?.drainMs ?? 10_000),
    startRun: async ({ tx, ...request }) =>
      (!tx && (await startTogether(request))) ||
      inTransaction(tx, (inner, handOver) =>
        runs.start(inner, request, handOver),
      ),
    submit: ({ tx, ...request }) =>
      inTransaction(tx, (inner, handOver) =>
        runs.submit(inner, request, handOver),
      ),
    read: async <S>(runId: string, readOptions?: { tx?: Knex.Transaction }) => {
      const run = await runStore.read(readOptions?.tx ?? knex, runId);
      return run && toRunRecord<S>(run);
    },
    history: (runId, historyOptions) =>
      events.ofRun(
        runId,
        historyOptions?.afterVersion ?? 0,
        historyOptions?.limit ?? 1000,
      ),
    feed: feedOptions => events.feed(feedOptions ?? {}),
    onChange: listener => {
      changes.on('change', listener);
      return () => changes.off('change', listener);
    },
    readTargets: () => targets.read(),
    resetTarget: async (target, actor) => {
      await targets.reset(target);
      logger.info(
        `The circuit breaker of target '${target}' was reset by ${actor.id}`,
      );
      worker.nudge();
    },
    purgeIdempotency: olderThanMs => idempotency.purge(olderThanMs),
  };
}
