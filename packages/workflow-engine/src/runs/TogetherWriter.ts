import type { Knex } from 'knex';
import type { SubmitResult } from '../api/records';
import type { Database } from '../store/Database';
import type { RunStore } from '../store/RunStore';
import type { EffectEnd, LeasedEffect, Run } from '../store/rows';
import { toRunRecord } from '../store/rows';
import type { Committed, HandOver } from './Committed';
import { NOTHING } from './Committed';
import { markHandOvers, nextDueOf } from './handOver';
import type { Plan } from './planDecision';
import { isParked, isTerminal } from './planDecision';
import type { Planner } from './Planner';
import type { StartRequest } from './runChanges';
import { changedRun, commandOf, ENGINE, newRun } from './runChanges';

/** A decision that can be written together with those of other runs. */
export type Together = { handOver: HandOver } & (
  | { kind: 'start'; request: StartRequest }
  | { kind: 'end'; effect: LeasedEffect; end: EffectEnd }
);

/** Writes plain decisions of several runs with two statements. */
export class TogetherWriter {
  constructor(
    private readonly database: Database,
    private readonly runs: RunStore,
    private readonly planner: Planner,
  ) {}

  /**
   * Postgres: writes the decisions of several runs in one transaction. Undefined stands for one that needs more than
   * plain rows, such as a projection, a target or a person: it is to be done alone.
   * @throws FencedError and whatever the database throws: roll back, and do each alone
   */
  async write(
    tx: Knex.Transaction,
    members: Together[],
  ): Promise<
    ({ result: () => SubmitResult; committed: Committed } | undefined)[]
  > {
    const locked = await this.runs.lockForEffects(
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
      { result: () => SubmitResult; committed: Committed } | undefined
    )[] = members.map(() => undefined);
    if (changes.length === 0) {
      return results;
    }
    const written = await this.runs.writeTogether(
      tx,
      changes.map(({ change }) => change),
    );
    changes.forEach(({ change, plan, now, leaving, index }, position) => {
      const { events, handedOver } = written[position];
      results[index] = {
        result: () => ({
          run: toRunRecord(change.run),
          events: events(),
          replayed: false,
        }),
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
    const workflow = this.planner.find(run.type);
    if (!workflow || workflow.project) {
      return undefined;
    }
    const actor = member.kind === 'end' ? ENGINE : member.request.actor;
    let plan: Plan;
    try {
      plan = this.planner.plan(
        workflow,
        run,
        member.kind === 'end'
          ? commandOf(member.effect, member.end)
          : member.request.command,
        actor,
        now,
        effect !== undefined,
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
}
