import type { V1ReplicaSet } from '@kubernetes/client-node';
import type { Rollout } from '../../objects/rollout';

export const sizeOf = (set: V1ReplicaSet | undefined) =>
  set?.spec?.replicas ?? 0;
export const availableOf = (set: V1ReplicaSet | undefined) =>
  set?.status?.availableReplicas ?? 0;

/** A number of copies, or a share of them such as `25%`. */
function amount(
  value: number | string | undefined,
  of: number,
  round: (share: number) => number,
): number {
  if (value === undefined) return round(of / 4);
  return typeof value === 'number'
    ? value
    : round((of * Number.parseInt(value, 10)) / 100);
}

/** Percent for the new release at a step: of the last `setWeight` up to it. All of it after the last step. */
function weightOf({ spec, status }: Rollout): number {
  if (status?.promoteFull || status?.currentPodHash === status?.stableRS)
    return 100;
  if (status?.abort) return 0;
  const steps = spec?.strategy?.canary?.steps ?? [];
  const index = status?.currentStepIndex ?? 0;
  if (index >= steps.length) return 100;
  return (
    steps
      .slice(0, index + 1)
      .findLast(({ setWeight }) => setWeight !== undefined)?.setWeight ?? 0
  );
}

/** What a canary without traffic routing shall come to: both rounded up. */
export function goalOfCanary(rollout: Rollout, hasStable: boolean) {
  const replicas = rollout.spec?.replicas ?? 1;
  if (!hasStable) return { next: replicas, stable: 0 };
  const weight = weightOf(rollout);
  return {
    next: Math.ceil((replicas * weight) / 100),
    stable: Math.ceil((replicas * (100 - weight)) / 100),
  };
}

/**
 * The sizes for now, on the way there: up as far as `maxSurge` lets it, the stable one first; down as far as enough are
 * available.
 */
export function sizesOfCanary(
  rollout: Rollout,
  sets: { next: V1ReplicaSet; stable?: V1ReplicaSet; others: V1ReplicaSet[] },
) {
  const { maxSurge, maxUnavailable } = rollout.spec?.strategy?.canary ?? {};
  const replicas = rollout.spec?.replicas ?? 1;
  const stable = sets.stable === sets.next ? undefined : sets.stable;
  const goal = goalOfCanary(rollout, stable !== undefined);
  const surge = amount(maxSurge, replicas, Math.ceil);
  const missing = amount(maxUnavailable, replicas, Math.floor);
  const all = [sets.next, ...(stable ? [stable] : []), ...sets.others];
  const sum = (of: (set: V1ReplicaSet) => number, counted: V1ReplicaSet[]) =>
    counted.reduce((total, set) => total + of(set), 0);
  // Both are rounded up, so that there may be one more.
  const extra = goal.next + goal.stable > replicas ? 1 : 0;
  let up = Math.max(0, replicas + surge + extra - sum(sizeOf, all));
  const grown = (set: V1ReplicaSet, to: number) => {
    const by = Math.min(Math.max(0, to - sizeOf(set)), up);
    up -= by;
    return sizeOf(set) + by;
  };
  const sizes = new Map<V1ReplicaSet, number>();
  if (stable) sizes.set(stable, grown(stable, goal.stable));
  sizes.set(sets.next, grown(sets.next, goal.next));
  let down = sum(availableOf, all) - (replicas - missing);
  const shrink = (set: V1ReplicaSet, to: number) => {
    const size = sizeOf(set);
    if (size <= to) return;
    // Copies that are not available are no loss.
    const free = Math.max(0, size - availableOf(set));
    const by = Math.min(size - to, free + Math.max(0, down));
    down -= Math.max(0, by - free);
    sizes.set(set, size - by);
  };
  sets.others.forEach(set => shrink(set, 0));
  shrink(sets.next, goal.next);
  if (stable) shrink(stable, goal.stable);
  return sizes;
}
