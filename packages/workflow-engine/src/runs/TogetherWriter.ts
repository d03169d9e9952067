import type { SubmitResult } from '../api/records';
import type { Actor } from '../api/workflow';
import type { Database } from '../store/Database';
import type { RunStore } from '../store/RunStore';
import type { StepStore } from '../store/StepStore';
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

type Step = { result: () => SubmitResult; committed: Committed };

interface PlainStep {
  run: Run;
  now: number;
  plan: Plan;
  actor: Actor;
  ended: { id: number; epoch: number; key: string } | undefined;
}

/** Writes plain decisions of several runs, and claims what comes next, in one transaction. */
export class TogetherWriter {
  constructor(
    private readonly database: Database,
    private readonly runs: RunStore,
    private readonly store: StepStore,
    private readonly planner: Planner,
  ) {}

  /** Whether it can be plain, as far as that is known without deciding. */
  takes(member: Together): boolean {
    const type =
      member.kind === 'end' ? member.effect.runType : member.request.type;
    const workflow = this.planner.find(type);
    return workflow !== undefined && !workflow.project;
  }

  /**
   * Writes in a transaction of its own. Undefined stands for a decision that was not written: it needs more than plain
   * rows, such as a projection, a target or a person, or its run has moved on, and is forgotten then.
   * @throws PerhapsWrittenError; after any other error nothing was written: do each alone
   */
  async write(members: Together[]): Promise<(Step | undefined)[]> {
    await this.#readUnknown(members);
    const seen = new Set<string>();
    const plain = members.flatMap((member, index) => {
      const step = this.#plainStep(member);
      if (!step || seen.has(step.run.id)) {
        return [];
      }
      seen.add(step.run.id);
      return [{ ...this.#prepared(member, step), index }];
    });
    const results: (Step | undefined)[] = members.map(() => undefined);
    if (plain.length === 0) {
      return results;
    }
    const places = plain.reduce((sum, { queued }) => sum + queued, 0);
    const { written, claimed } = await this.store.write(plain, places);
    const left = written.filter(one => !one).length;
    if (places > 0 && claimed.length < places - left) {
      members[0].handOver.queueDrained();
    }
    plain.forEach(({ change, leaving, plan, queued, memory, index }, at) => {
      const one = written[at];
      if (!one) {
        memory?.forget();
        return;
      }
      results[index] = {
        result: () => ({
          run: toRunRecord(change.run),
          events: one.events(),
          replayed: false,
        }),
        committed: {
          ...NOTHING,
          runId: change.run.id,
          leased: [...one.handedOver, ...claimed.splice(0, queued)],
          ready: leaving.plain,
          nextDue: nextDueOf(plan, change.now),
        },
      };
    });
    return results;
  }

  async #readUnknown(members: Together[]): Promise<void> {
    const unknown = members.flatMap(member =>
      member.kind === 'end' && !member.effect.memory.recall()
        ? [member.effect]
        : [],
    );
    if (unknown.length === 0) {
      return;
    }
    const found = await this.runs.readForEffects(unknown);
    for (const { id, memory } of unknown) {
      const run = found.get(id);
      if (run) {
        memory.remember(run);
      }
    }
  }

  #prepared(member: Together, step: PlainStep) {
    const { run, plan, now, actor, ended } = step;
    const { handOver } = member;
    const leaving = markHandOvers(plan, now, handOver, undefined);
    const openEffects =
      run.openEffects - (ended ? 1 : 0) + plan.newEffects.length;
    return {
      plan,
      leaving,
      queued: handOver.reserveQueued(),
      memory: member.kind === 'end' ? member.effect.memory : undefined,
      change: {
        run: changedRun(run, plan, now, openEffects, run.effectsDue),
        previousRevision: run.state === undefined ? undefined : run.revision,
        events: plan.events,
        actor,
        now,
        newEffects: plan.newEffects,
        ended,
        unpark: false,
        lease: handOver,
      },
    };
  }

  /** A decision that is written by plain rows of its own run alone; undefined for any other, and for what throws. */
  #plainStep(member: Together): PlainStep | undefined {
    const effect = member.kind === 'end' ? member.effect : undefined;
    const clock = this.database.now();
    const run =
      member.kind === 'end'
        ? member.effect.memory.recall()
        : newRun(member.request, clock);
    if (!run || isParked(run) || effect?.target !== undefined) {
      return undefined;
    }
    // Another engine's guess of the database's time may be ahead of ours.
    const now = Math.max(clock, run.updatedAt);
    const workflow = this.planner.get(run.type);
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
