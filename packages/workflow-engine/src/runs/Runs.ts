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
import type { Committed, HandOver } from './Committed';
import { WorkflowFault } from './Committed';
import { earliest, markHandOvers, nextDueOf } from './handOver';
import type { AnyWorkflow, Plan } from './planDecision';
import {
  assertAwake,
  DECIDE_FAILED,
  isParked,
  isTerminal,
  planDecision,
} from './planDecision';

const ENGINE: Actor = { type: 'system', id: 'engine' };

export interface StartRequest {
  type: string;
  command: { type: string };
  actor: Actor;
  id?: string;
  idempotencyKey?: string;
  priority?: number;
}

/** A decision that can be written together with those of other runs. */
export type Together = { handOver: HandOver } & (
  | { kind: 'start'; request: StartRequest }
  | { kind: 'end'; effect: LeasedEffect; end: EffectEnd }
);

function newRun(request: StartRequest, now: number): Run {
  return {
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
}

function commandOf(effect: LeasedEffect, end: EffectEnd): EngineCommand {
  const { key, kind, attempts } = effect;
  return end.kind === 'succeeded'
    ? { type: 'effect.succeeded', key, kind, result: end.result, attempts }
    : {
        type: 'effect.failed',
        key,
        kind,
        error: end.error,
        attempts,
        reason: end.reason,
      };
}

function changedRun(
  run: Run,
  plan: Plan,
  now: number,
  openEffects: number,
  effectsDue: number | undefined,
): Run {
  return {
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
    finishedAt: isTerminal(plan.status) ? now : undefined,
  };
}

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
    request: StartRequest,
    handOver?: HandOver,
  ): Promise<{ result: SubmitResult; committed?: Committed }> {
    const workflow = this.#workflow(request.type);
    const now = this.database.now();
    const run = newRun(request, now);
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
    const command = commandOf(effect, end);
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

  /**
   * Postgres: writes the decisions of several runs in one transaction. Undefined stands for one that needs more than
   * plain rows, such as a projection, a target or a person: it is to be done alone.
   * @throws FencedError and whatever the database throws: roll back, and do each alone
   */
  async together(
    tx: Knex.Transaction,
    members: Together[],
  ): Promise<({ result: SubmitResult; committed: Committed } | undefined)[]> {
    const locked = await this.stores.runs.lockForEffects(
      tx,
      members.flatMap(member => (member.kind === 'end' ? [member.effect] : [])),
    );
    const seen = new Set<string>();
    const steps = members.map(member => {
      const step = this.#plainStep(member, locked);
      if (!step || seen.has(step.run.id)) {
        return undefined;
      }
      seen.add(step.run.id);
      return step;
    });
    const plain = steps.flatMap((step, index) =>
      step ? [{ ...step, index, handOver: members[index].handOver }] : [],
    );
    const changes = plain.map(step => {
      const { run, plan, now, handOver, ended } = step;
      const leaving = markHandOvers(plan, now, handOver, undefined);
      const openEffects =
        run.openEffects - (ended ? 1 : 0) + plan.newEffects.length;
      return {
        ...step,
        leaving,
        change: {
          run: changedRun(run, plan, now, openEffects, run.effectsDue),
          previousVersion: run.state === undefined ? undefined : run.version,
          events: plan.events,
          actor: step.actor,
          now,
          newEffects: plan.newEffects,
          ended,
          unpark: false,
          lease: handOver,
        },
      };
    });
    const results: (
      { result: SubmitResult; committed: Committed } | undefined
    )[] = members.map(() => undefined);
    if (changes.length === 0) {
      return results;
    }
    const written = await this.stores.runs.writeTogether(
      tx,
      changes.map(({ change }) => change),
    );
    changes.forEach(({ change, plan, now, leaving, index }, position) => {
      const { events, handedOver } = written[position];
      results[index] = {
        result: { run: toRunRecord(change.run), events, replayed: false },
        committed: {
          ...NOTHING,
          runId: change.run.id,
          leased: handedOver,
          ready: leaving.plain,
          nextDue: nextDueOf(plan, now),
        },
      };
    });
    return results;
  }

  /** A decision that is written by plain rows of its own run alone; undefined for any other, and for what throws. */
  #plainStep(
    member: Together,
    locked: ReadonlyMap<number, { run: Run; now: number }>,
  ) {
    const effect = member.kind === 'end' ? member.effect : undefined;
    const found =
      member.kind === 'end'
        ? locked.get(member.effect.id)
        : {
            run: newRun(member.request, this.database.now()),
            now: this.database.now(),
          };
    if (!found || isParked(found.run) || effect?.target !== undefined) {
      return undefined;
    }
    const { run, now } = found;
    const workflow = this.#workflows.get(run.type);
    if (!workflow || workflow.project) {
      return undefined;
    }
    const actor = member.kind === 'end' ? ENGINE : member.request.actor;
    let plan: Plan;
    try {
      plan = this.#plan(
        workflow,
        run,
        member.kind === 'end'
          ? commandOf(member.effect, member.end)
          : member.request.command,
        actor,
        now,
        effect,
      );
    } catch {
      // Alone it throws again, where it can be answered.
      return undefined;
    }
    const isPlain =
      plan.cancelKeys.length === 0 &&
      plan.newEffects.every(
        ({ target, key }) => target === undefined && key !== effect?.key,
      ) &&
      !(isTerminal(plan.status) && run.openEffects > (effect ? 1 : 0));
    return isPlain
      ? {
          run,
          now,
          plan,
          actor,
          ended: effect && {
            id: effect.id,
            epoch: effect.epoch,
            key: effect.key,
          },
        }
      : undefined;
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
    const changed = changedRun(run, plan, now, openEffects, effectsDue);
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
        nextDue: nextDueOf(plan, now),
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
