import type { Knex } from 'knex';
import type { SubmitResult } from '../api/records';
import type { Actor } from '../api/workflow';
import {
  RunExistsError,
  RunFinishedError,
  RunNotFoundError,
  VersionConflictError,
} from '../errors';
import type { Database, Statement } from '../store/Database';
import type { EventStore } from '../store/EventStore';
import type {
  IdempotencyEntry,
  IdempotencyStore,
} from '../store/IdempotencyStore';
import { hashCommand } from '../store/IdempotencyStore';
import type { RunStore } from '../store/RunStore';
import { FencedError } from '../store/RunStore';
import type { TargetStore } from '../store/TargetStore';
import type { EffectEnd, LeasedEffect } from '../store/rows';
import type { Committed, HandOver, WorkflowFault } from './Committed';
import { NOTHING } from './Committed';
import { DecisionWriter } from './DecisionWriter';
import type { Plan } from './planDecision';
import { isParked, isTerminal } from './planDecision';
import type { Planner } from './Planner';
import { Replays } from './Replays';
import type { StartRequest } from './runChanges';
import { commandOf, ENGINE, newRun } from './runChanges';

/** The one place where commands become events: lock, decide, evolve, write, project. */
export class Runs {
  readonly #writer: DecisionWriter;
  readonly #replays: Replays;

  constructor(
    private readonly database: Database,
    private readonly stores: {
      runs: RunStore;
      targets: TargetStore;
      events: EventStore;
      idempotency: IdempotencyStore;
    },
    private readonly planner: Planner,
  ) {
    this.#writer = new DecisionWriter(database, stores);
    this.#replays = new Replays(stores);
  }

  /** Inside `tx`. `handOver` is left out in a transaction whose end is not ours to see soon. */
  async start(
    tx: Knex.Transaction,
    request: StartRequest,
    handOver?: HandOver,
  ): Promise<{ result: () => SubmitResult; committed?: Committed }> {
    const workflow = this.planner.get(request.type);
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
      plan = this.planner.plan(
        workflow,
        run,
        request.command,
        request.actor,
        now,
      );
    } catch (error) {
      // What was accepted once stays accepted, even if it would be refused by now.
      const replay = await this.#replays.find(tx, entry(0));
      if (replay) {
        return { result: () => replay };
      }
      throw error;
    }
    const idempotency = entry(plan.events.length);
    if (
      idempotency &&
      !(await this.stores.idempotency.take(tx, idempotency, now))
    ) {
      const replay = await this.#replays.find(tx, idempotency);
      if (replay) {
        return { result: () => replay };
      }
    }
    try {
      return await this.#writer.apply(tx, {
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
  ): Promise<{ result: () => SubmitResult; committed?: Committed }> {
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
    const replay = await this.#replays.find(tx, entry(0));
    if (replay) {
      return { result: () => replay };
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
    const workflow = this.planner.get(run.type);
    const plan = this.planner.plan(
      workflow,
      run,
      request.command,
      request.actor,
      now,
    );
    return this.#writer.apply(tx, {
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
    const workflow = this.planner.get(run.type);
    const command = commandOf(effect, end);
    let plan: Plan;
    try {
      if (fault) {
        throw fault;
      }
      plan = this.planner.plan(workflow, run, command, ENGINE, now, true);
    } catch (error) {
      await this.stores.runs.parkEffect(tx, ended, end);
      return this.#writer.park(tx, workflow, run, now, error);
    }
    const { committed } = await this.#writer.apply(tx, {
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
    const locked = await this.stores.runs.lockNextDueTimer(
      tx,
      this.planner.types,
    );
    if (!locked) {
      return undefined;
    }
    const { run, now } = locked;
    onLocked(run.id);
    const workflow = this.planner.get(run.type);
    const [name] = Object.entries(run.timers).reduce((first, next) =>
      next[1] < first[1] ? next : first,
    );
    let plan: Plan;
    try {
      const fault = faultOf(run.id);
      if (fault) {
        throw fault;
      }
      plan = this.planner.plan(
        workflow,
        run,
        { type: 'timer.fired', name, firedAt: now },
        ENGINE,
        now,
      );
    } catch (error) {
      return this.#writer.park(tx, workflow, run, now, error);
    }
    const { committed } = await this.#writer.apply(tx, {
      workflow,
      run,
      plan,
      actor: ENGINE,
      now,
      handOver,
    });
    return committed;
  }
}
