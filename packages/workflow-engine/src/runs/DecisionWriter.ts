import type { Knex } from 'knex';
import type { RecordedEvent, SubmitResult } from '../api/records';
import type { Actor } from '../api/workflow';
import { describeError } from '../errorSummary';
import type { Database, Statement } from '../store/Database';
import type { IdempotencyEntry } from '../store/IdempotencyStore';
import { wasGivenUp } from '../store/wasGivenUp';
import type { RunStore } from '../store/RunStore';
import type { TargetStore } from '../store/TargetStore';
import type { Run } from '../store/rows';
import { toRunRecord } from '../store/rows';
import type { Committed, HandOver } from './Committed';
import { NOTHING, WorkflowFault } from './Committed';
import { markHandOvers, nextDueOf } from './handOver';
import type { AnyWorkflow, Plan } from './planDecision';
import {
  assertAwake,
  DECIDE_FAILED,
  isParked,
  isTerminal,
} from './planDecision';
import { changedRun, ENGINE } from './runChanges';

/** Writes one decision of one run, of any kind, in a transaction that holds the run's lock. */
export class DecisionWriter {
  constructor(
    private readonly database: Database,
    private readonly stores: { runs: RunStore; targets: TargetStore },
  ) {}

  /** Writes a decision and everything that goes with it. */
  async apply(
    tx: Knex.Transaction,
    step: {
      workflow: AnyWorkflow;
      run: Run;
      plan: Plan;
      actor: Actor;
      now: number;
      handOver?: HandOver;
      ended?: { id: number; epoch: number; key: string };
      /** The target whose place the ended effect leaves to its successor. */
      endedTarget?: string;
      /** Others wait for the ended effect's target. */
      targetWanted?: boolean;
      breaker?: Statement;
      idempotency?: IdempotencyEntry;
    },
  ): Promise<{ result: () => SubmitResult; committed: Committed }> {
    const { run, plan, now } = step;
    const terminal = isTerminal(plan.status);
    let { ended } = step;
    let cancelled: number[] = [];
    let openEffects = run.openEffects - (ended ? 1 : 0);
    let { effectsDue } = run;
    let { breaker } = step;
    if (terminal && run.openEffects > (ended ? 1 : 0)) {
      if (breaker) {
        // It counts only while the effect's lease stands, so before the row goes.
        await this.database.query(tx, breaker);
        breaker = undefined;
      }
      cancelled = await this.stores.runs.cancelAllEffects(tx, run.id, ended);
      ended = undefined;
      effectsDue = undefined;
      openEffects = 0;
    } else {
      const keys = plan.cancelKeys.filter(key => key !== ended?.key);
      if (keys.length > 0) {
        cancelled = await this.stores.runs.cancelEffects(tx, run.id, keys);
        openEffects -= cancelled.length;
      }
    }
    openEffects += plan.newEffects.length;
    assertAwake(run.id, plan.status, openEffects, plan.timers);

    const targets = plan.newEffects.flatMap(effect => effect.target ?? []);
    await this.stores.targets.ensure(tx, targets);

    const leaving = markHandOvers(plan, now, step.handOver, step.endedTarget);
    const changed = changedRun(run, plan, now, openEffects, effectsDue);
    const written = await this.stores.runs.write(tx, {
      run: changed,
      previousRevision: run.state === undefined ? undefined : run.revision,
      events: plan.events,
      actor: step.actor,
      now,
      newEffects: plan.newEffects,
      ended,
      unpark: isParked(run) && !terminal,
      idempotency: step.idempotency,
      breaker,
      lease: {
        owner: step.handOver?.owner ?? '',
        leaseMs: step.handOver?.leaseMs ?? 0,
      },
    });
    await this.#project(tx, step.workflow, changed, written.events);
    // Claims come last: they hold locks on targets, and nothing after them waits for a lock.
    const targetsReady = leaving.targeted || step.targetWanted === true;
    const claimed = step.handOver
      ? await step.handOver.claimMore(tx, targetsReady)
      : [];
    return {
      result: () => ({
        run: toRunRecord(changed),
        events: written.events(),
        replayed: false,
      }),
      committed: {
        runId: run.id,
        leased: [...written.handedOver, ...claimed],
        cancelled,
        ready:
          leaving.plain ||
          (targetsReady && claimed.length === 0) ||
          isParked(run),
        nextDue: nextDueOf(plan, now),
        targets,
      },
    };
  }

  /** Lets a run wait for a person, because its workflow or projection threw. */
  async park(
    tx: Knex.Transaction,
    workflow: AnyWorkflow,
    run: Run,
    now: number,
    error: unknown,
  ): Promise<Committed> {
    const parked: Run = {
      ...run,
      status: {
        kind: 'waiting',
        wait: DECIDE_FAILED,
        detail: describeError(error),
      },
      resume: run.status,
      revision: run.revision + 1,
      updatedAt: now,
    };
    await this.stores.runs.write(tx, {
      run: parked,
      previousRevision: run.revision,
      events: [],
      actor: ENGINE,
      now,
      newEffects: [],
      unpark: false,
      lease: { owner: '', leaseMs: 0 },
    });
    if (!(error instanceof WorkflowFault)) {
      await this.#project(tx, workflow, parked, () => []);
    }
    return { ...NOTHING, runId: run.id };
  }

  async #project(
    tx: Knex.Transaction,
    workflow: AnyWorkflow,
    run: Run,
    events: () => RecordedEvent[],
  ): Promise<void> {
    if (!workflow.project) {
      return;
    }
    try {
      await workflow.project(tx, { run: toRunRecord(run), events: events() });
    } catch (error) {
      // That is not the projection's fault, nor a reason to park the run.
      throw wasGivenUp(error) ? error : new WorkflowFault('project', error);
    }
  }
}
