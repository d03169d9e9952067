import type { HandOver } from './Committed';
import type { Plan } from './planDecision';

export function earliest(times: (number | undefined)[]): number | undefined {
  const first = Math.min(...times.map(time => time ?? Infinity));
  return first === Infinity ? undefined : first;
}

/** Epoch milliseconds of the earliest later work that a plan asks for. */
export function nextDueOf(plan: Plan, now: number): number | undefined {
  return earliest([
    ...Object.values(plan.timers),
    ...plan.newEffects
      .filter(effect => effect.dueAt > now)
      .map(effect => effect.dueAt),
    ...plan.newEffects.flatMap(effect => effect.deadlineAt ?? []),
  ]);
}

/** Decides which of the new effects go straight to this process, and what is left for others. */
export function markHandOvers(
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
