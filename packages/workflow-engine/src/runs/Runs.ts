import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { EngineOptions } from '../api/engine';
import type { RecordedEvent, SubmitResult } from '../api/records';
import type { Actor, EngineCommand } from '../api/workflow';
import {
  IdempotencyConflictError,
  RunExistsError,
  RunFinishedError,
  RunNotFoundError,
  UnknownWorkflowError,
  VersionConflictError,
} from '../errors';
import type { Database, Statement } from '../store/Database';
import { describeError } from '../errorSummary';
import type { EventStore } from '../store/EventStore';
import type {
  IdempotencyEntry,
  IdempotencyStore,
} from '../store/IdempotencyStore';
import { hashCommand } from '../store/IdempotencyStore';
import type { RunStore } from '../store/RunStore';
import { FencedError } from '../store/RunStore';
import type { TargetStore } from '../store/TargetStore';
import type { EffectEnd, LeasedEffect, Run } from '../store/rows';
import { toRunRecord } from '../store/rows';
import type { AnyWorkflow, Plan } from './planDecision';
import {
  assertAwake,
  DECIDE_FAILED,
  isParked,
  isTerminal,
  planDecision,
} from './planDecision';

/** What a transaction did that others must hear of once it is committed. */
export interface Committed {
  runId: string;
  /** Leased to this engine by the transaction: to be run now. */
  leased: LeasedEffect[];
  /** Ids of effects that were cancelled and may be running somewhere. */
  cancelled: number[];
  /** Work became ready that nobody holds. */
  ready: boolean;
  /** Epoch milliseconds of the earliest later work that was written. */
  nextDue: number | undefined;
  /** Targets whose rows exist now. */
  targets: string[];
}

/** Lets a transaction lease effects to the worker of this process. */
export interface HandOver {
  owner: string;
  leaseMs: number;
  /** Takes up to `wanted` places for plain effects; a place must be used or given back. */
  reservePlain(wanted: number): number;
  /** Claims more in the same transaction, when there is room and more is waiting. */
  claimMore(
    tx: Knex.Transaction,
    targetsReady: boolean,
  ): Promise<LeasedEffect[]>;
}

/** What a workflow or its projection threw, apart from what the database threw. */
export class WorkflowFault extends Error {
  readonly name = 'WorkflowFault';
  constructor(
    readonly stage: 'decide' | 'project',
    readonly error: unknown,
  ) {
    super(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

const ENGINE: Actor = { type: 'system', id: 'engine' };

const NOTHING: Omit<Committed, 'runId'> = {
  leased: [],
  cancelled: [],
  ready: false,
  nextDue: undefined,
  targets: [],
};

/** The one place where commands become events: lock, decide, evolve, write, project. */
export class Runs {
  readonly #workflows: Map<string, AnyWorkflow>;
  readonly #kinds: ReadonlySet<string>;

  constructor(
    private readonly database: Database,
    private readonly stores: {
      runs: RunStore;
      targets: TargetStore;
      events: EventStore;
      idempotency: IdempotencyStore;
    },
    private readonly options: Pick<EngineOptions, 'workflows' | 'handlers'> & {
      ageingMs: number;
    },
  ) {
    this.#workflows = new Map(
      options.workflows.map(workflow => [workflow.type, workflow]),
    );
    this.#kinds = new Set(Object.keys(options.handlers));
  }

  /** Inside `tx`. `handOver` is left out in a transaction whose end is not ours to see soon. */
  async start(
    tx: Knex.Transaction,
    request: {
      type: string;
      command: { type: string };
      actor: Actor;
      id?: string;
      idempotencyKey?: string;
      priority?: number;
    },
    handOver?: HandOver,
  ): Promise<{ result: SubmitResult; committed?: Committed }> {
    const workflow = this.#workflow(request.type);
    const now = this.database.now();
    const run: Run = {
      id: request.id ?? randomUUID(),
      type: request.type,
      version: 0,
      state: undefined,
      status: { kind: 'running' },
      resume: undefined,
      priority: request.priority ?? 0,
      timers: {},
      openEffects: 0,
      effectsDue: undefined,
      createdAt: now,
      updatedAt: now,
      finishedAt: undefined,
    };
    const entry = (toVersion: number): IdempotencyEntry | undefined =>
      request.idempotencyKey === undefined
        ? undefined
        : {
            scope: `start:${request.type}`,
            key: request.idempotencyKey,
            runId: run.id,
            commandHash: hashCommand(request.command),
            fromVersion: 0,
            toVersion,
          };
    let plan: Plan;
    try {
      plan = this.#plan(workflow, run, request.command, request.actor, now);
    } catch (error) {
      // What was accepted once stays accepted, even if it would be refused by now.
      const replay = await this.#replay(tx, entry(0));
      if (replay) {
        return { result: replay };
      }
      throw error;
    }
    const idempotency = entry(plan.events.length);
    if (
      idempotency &&
      !(await this.stores.idempotency.take(tx, idempotency, now))
    ) {
      const replay = await this.#replay(tx, idempotency);
      if (replay) {
        return { result: replay };
      }
    }
    try {
      return await this.#apply(tx, {
        workflow,
        run,
        plan,
        actor: request.actor,
        now,
        handOver,
      });
    } catch (error) {
      throw error instanceof FencedError ? new RunExistsError(run.id) : error;
    }
  }

  /** Inside `tx`. */
  async submit(
    tx: Knex.Transaction,
    request: {
      runId: string;
      command: { type: string };
      actor: Actor;
      idempotencyKey?: string;
      expectedVersion?: number;
    },
    handOver?: HandOver,
  ): Promise<{ result: SubmitResult; committed?: Committed }> {
    const locked = await this.stores.runs.lock(tx, request.runId);
    if (!locked) {
      throw new RunNotFoundError(request.runId);
    }
    const { run, now } = locked;
    const entry = (toVersion: number): IdempotencyEntry | undefined =>
      request.idempotencyKey === undefined
        ? undefined
        : {
            scope: `run:${run.id}`,
            key: request.idempotencyKey,
            runId: run.id,
            commandHash: hashCommand(request.command),
            fromVersion: run.version,
            toVersion,
          };
    // Under the run's lock nobody else can be about to write the key.
    const replay = await this.#replay(tx, entry(0));
    if (replay) {
      return { result: replay };
    }
    if (isTerminal(run.status)) {
      throw new RunFinishedError(run.id, run.status.kind);
    }
    if (
      request.expectedVersion !== undefined &&
      request.expectedVersion !== run.version
    ) {
      throw new VersionConflictError(
        run.id,
        request.expectedVersion,
        run.version,
      );
    }
    const workflow = this.#workflow(run.type);
    const plan = this.#plan(workflow, run, request.command, request.actor, now);
    return this.#apply(tx, {
      workflow,
      run,
      plan,
      actor: request.actor,
      now,
      handOver,
      idempotency: entry(run.version + plan.events.length),
    });
  }

  /**
   * Tells the run how an effect of it ended. Returns undefined when the lease was lost: nothing is written.
   * @throws WorkflowFault when the projection threw; the transaction must be rolled back
   */
  async endEffect(
    tx: Knex.Transaction,
    effect: LeasedEffect,
    end: EffectEnd,
    handOver: HandOver,
    breaker: Statement | undefined,
    /** Park the run instead of deciding: the projection has failed too often. */
    fault?: WorkflowFault,
  ): Promise<Committed | undefined> {
    const locked = await this.stores.runs.lockForEffect(tx, effect);
    if (!locked) {
      return undefined;
    }
    const { run, now, targetFree } = locked;
    const ended = { id: effect.id, epoch: effect.epoch, key: effect.key };
    if (isParked(run)) {
      await this.stores.runs.parkEffect(tx, ended, end);
      return { ...NOTHING, runId: run.id };
    }
    const workflow = this.#workflow(run.type);
    const { key, kind, attempts } = effect;
    const command: EngineCommand =
      end.kind === 'succeeded'
        ? { type: 'effect.succeeded', key, kind, result: end.result, attempts }
        : {
            type: 'effect.failed',
            key,
            kind,
            error: end.error,
            attempts,
            reason: end.reason,
          };
    let plan: Plan;
    try {
      if (fault) {
        throw fault;
      }
      plan = this.#plan(workflow, run, command, ENGINE, now, effect);
    } catch (error) {
      await this.stores.runs.parkEffect(tx, ended, end);
      return this.#park(tx, workflow, run, now, error);
    }
    const { committed } = await this.#apply(tx, {
      workflow,
      run,
      plan,
      actor: ENGINE,
      now,
      handOver,
      ended,
      endedTarget:
        targetFree && end.kind === 'succeeded' ? effect.target : undefined,
      targetWanted: effect.target !== undefined && !targetFree,
      breaker,
    });
    return committed;
  }

  /** Fires the timer that is due longest. Returns undefined when none is due. */
  async fireTimer(
    tx: Knex.Transaction,
    handOver: HandOver,
    /** Runs whose projection has failed too often: park instead of deciding. */
    faultOf: (runId: string) => WorkflowFault | undefined,
    onLocked: (runId: string) => void,
  ): Promise<Committed | undefined> {
    const locked = await this.stores.runs.lockNextDueTimer(tx, [
      ...this.#workflows.keys(),
    ]);
    if (!locked) {
      return undefined;
    }
    const { run, now } = locked;
    onLocked(run.id);
    const workflow = this.#workflow(run.type);
    const [name] = Object.entries(run.timers).reduce((first, next) =>
      next[1] < first[1] ? next : first,
    );
    let plan: Plan;
    try {
      const fault = faultOf(run.id);
      if (fault) {
        throw fault;
      }
      plan = this.#plan(
        workflow,
        run,
        { type: 'timer.fired', name, firedAt: now },
        ENGINE,
        now,
      );
    } catch (error) {
      return this.#park(tx, workflow, run, now, error);
    }
    const { committed } = await this.#apply(tx, {
      workflow,
      run,
      plan,
      actor: ENGINE,
      now,
      handOver,
    });
    return committed;
  }

  #workflow(type: string): AnyWorkflow {
    const workflow = this.#workflows.get(type);
    if (!workflow) {
      throw new UnknownWorkflowError(type);
    }
    return workflow;
  }

  /** Plans, and refuses what would leave the run asleep. Keys to cancel are counted later, in #apply. */
  #plan(
    workflow: AnyWorkflow,
    run: Run,
    command: { type: string } | EngineCommand,
    actor: Actor,
    now: number,
    ended?: LeasedEffect,
  ): Plan {
    const plan = planDecision({
      workflow,
      run,
      command,
      actor,
      now,
      ageingMs: this.options.ageingMs,
      kinds: this.#kinds,
    });
    if (plan.cancelKeys.length === 0) {
      const open = run.openEffects - (ended ? 1 : 0) + plan.newEffects.length;
      assertAwake(run.id, plan.status, open, plan.timers);
    }
    return plan;
  }

  async #apply(
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
  ): Promise<{ result: SubmitResult; committed: Committed }> {
    const { run, plan, now } = step;
    const terminal = isTerminal(plan.status);
    let { ended } = step;
    let cancelled: number[] = [];
    let openEffects = run.openEffects - (ended ? 1 : 0);
    let { effectsDue } = run;
    let { breaker } = step;
    if (terminal && run.openEffects > 0) {
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
    const changed: Run = {
      ...run,
      version: run.version + plan.events.length,
      state: plan.state,
      status: plan.status,
      resume: undefined,
      timers: plan.timers,
      openEffects,
      effectsDue: earliest([
        effectsDue,
        ...plan.newEffects.map(effect => effect.dueAt),
      ]),
      updatedAt: now,
      finishedAt: terminal ? now : undefined,
    };
    const written = await this.stores.runs.write(tx, {
      run: changed,
      previousVersion: run.state === undefined ? undefined : run.version,
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
      result: {
        run: toRunRecord(changed),
        events: written.events,
        replayed: false,
      },
      committed: {
        runId: run.id,
        leased: [...written.handedOver, ...claimed],
        cancelled,
        ready:
          leaving.plain ||
          (targetsReady && claimed.length === 0) ||
          isParked(run),
        nextDue: earliest([
          ...Object.values(plan.timers),
          ...plan.newEffects
            .filter(effect => effect.dueAt > now)
            .map(effect => effect.dueAt),
          ...plan.newEffects.flatMap(effect => effect.deadlineAt ?? []),
        ]),
        targets,
      },
    };
  }

  async #park(
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
      updatedAt: now,
    };
    await this.stores.runs.write(tx, {
      run: parked,
      previousVersion: run.version,
      events: [],
      actor: ENGINE,
      now,
      newEffects: [],
      unpark: false,
      lease: { owner: '', leaseMs: 0 },
    });
    if (!(error instanceof WorkflowFault)) {
      await this.#project(tx, workflow, parked, []);
    }
    return { ...NOTHING, runId: run.id };
  }

  async #project(
    tx: Knex.Transaction,
    workflow: AnyWorkflow,
    run: Run,
    events: RecordedEvent[],
  ): Promise<void> {
    if (!workflow.project) {
      return;
    }
    try {
      await workflow.project(tx, { run: toRunRecord(run), events });
    } catch (error) {
      throw new WorkflowFault('project', error);
    }
  }

  async #replay(
    tx: Knex.Transaction,
    entry: IdempotencyEntry | undefined,
  ): Promise<SubmitResult | undefined> {
    if (!entry) {
      return undefined;
    }
    const found = await this.stores.idempotency.find(
      tx,
      entry.scope,
      entry.key,
    );
    if (!found) {
      return undefined;
    }
    if (found.commandHash !== entry.commandHash) {
      throw new IdempotencyConflictError(entry.key);
    }
    const run = await this.stores.runs.read(tx, found.runId);
    if (!run) {
      throw new RunNotFoundError(found.runId);
    }
    const count = found.toVersion - found.fromVersion;
    const events =
      count === 0
        ? []
        : await this.stores.events.ofRun(
            run.id,
            found.fromVersion,
            count,
            found.toVersion,
            tx,
          );
    return { run: toRunRecord(run), events, replayed: true };
  }
}

function earliest(times: (number | undefined)[]): number | undefined {
  const first = Math.min(...times.map(time => time ?? Infinity));
  return first === Infinity ? undefined : first;
}

/** Decides which of the new effects go straight to this process, and what is left for others. */
function markHandOvers(
  plan: Plan,
  now: number,
  handOver: HandOver | undefined,
  endedTarget: string | undefined,
): { plain: boolean; targeted: boolean } {
  const due = plan.newEffects.filter(
    effect =>
      effect.dueAt <= now &&
      (effect.deadlineAt === undefined || effect.deadlineAt > now),
  );
  // Best first, so that a fan-out hands over what the queue would have chosen.
  due.sort((a, b) => a.orderKey - b.orderKey);
  // The place on the target is ours until this transaction gives it to one successor.
  const successor =
    endedTarget && due.find(effect => effect.target === endedTarget);
  const plain = due.filter(effect => effect.target === undefined);
  const wanted = [...(successor ? [successor] : []), ...plain];
  const places =
    wanted.length > 0 ? (handOver?.reservePlain(wanted.length) ?? 0) : 0;
  wanted.slice(0, places).forEach(effect => {
    effect.handOver = true;
  });
  const left = due.filter(effect => !effect.handOver);
  return {
    plain: left.some(effect => effect.target === undefined),
    targeted: left.some(effect => effect.target !== undefined),
  };
}
