import type {
  ScalingPolicy,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import { autoscale } from '../autoscale/autoscale';
import {
  type AutoscaleState,
  type LoadSample,
  type MetricReading,
  unseen,
} from '../autoscale/state';
import type { Demand } from '../demand';
import { type LimitsNow, limitsAt } from '../policy/limitsAt';
import { metricName } from '../policy/metricName';
import { demandFor, replicasWorth } from './policyDemand';
import type { Recorded } from './recorded';

/** How often a HorizontalPodAutoscaler looks, when nobody has told Kubernetes otherwise. */
const lookSeconds = 15;

/** One step of the recorded time, as it was and as it would have been. */
export interface ReplayedStep {
  at: number;
  /** How many replicas would have been just at their target. Absent when no metric is known. */
  demand?: number;
  recordedReplicas: number;
  /** The mean. */
  simulatedReplicas: number;
  simulatedPeak: number;
  /** By the policy's targets. Absent when unknown, or when nothing worked. */
  recordedLoad?: number;
  simulatedLoad?: number;
  /** For how long of the step load was over its target, or nothing was there to take it. */
  recordedSecondsOver: number;
  simulatedSecondsOver: number;
}

export interface ReplayedChange {
  at: number;
  from: number;
  to: number;
  reason: string;
}

/** How many replicas there are, and how many of them work already. */
interface Fleet {
  replicas: number;
  /** When those that start will work, soonest first. */
  starting: number[];
  state: AutoscaleState;
  limits?: LimitsNow;
}

/**
 * Puts recorded load through a policy that speaks of the tier: what the replicas had to do together is taken to be the
 * same however many there are. It begins with as many as there were, and again after each gap.
 */
export function replay(
  { steps, stepSeconds }: Recorded,
  policy: ScalingPolicy,
  options: { tier: ScalingTarget['tier']; startupSeconds: number },
): { steps: ReplayedStep[]; changes: ReplayedChange[] } {
  const changes: ReplayedChange[] = [];
  const { metrics } = policy.spec;
  let fleet: Fleet | undefined;
  let last = -Infinity;
  const replayed = steps.map(({ at, demands, replicas: recordedReplicas }) => {
    const isGap = at - last > 2 * stepSeconds * 1000;
    last = at;
    if (!fleet || isGap)
      fleet = {
        replicas: Math.round(recordedReplicas),
        starting: [],
        state: unseen,
      };
    const demand = replicasWorth(metrics, demands);
    const replicas: number[] = [];
    const loads: Array<number | undefined> = [];
    const end = at + stepSeconds * 1000;
    let isSettled = false;
    for (let passed = 0; passed < stepSeconds; passed += lookSeconds) {
      // Of looks that all see and do the same the last one is enough: it is what later ones remember.
      const isLast = passed + lookSeconds >= stepSeconds;
      if (isLast || !isSettled || !isAtRest(fleet, end)) {
        const change = look(fleet, demands, at + passed * 1000);
        isSettled = change === undefined;
        if (change) changes.push(change);
      }
      const working = fleet.replicas - fleet.starting.length;
      replicas.push(fleet.replicas);
      loads.push(loadOf(demand, working));
    }
    const recordedLoad = loadOf(demand, recordedReplicas);
    const known = loads.flatMap(load =>
      load === undefined || load === Infinity ? [] : [load],
    );
    return {
      at,
      ...(demand !== undefined && { demand }),
      recordedReplicas,
      simulatedReplicas: mean(replicas),
      simulatedPeak: Math.max(...replicas),
      ...(recordedLoad !== undefined &&
        recordedLoad !== Infinity && { recordedLoad }),
      ...(known.length > 0 && { simulatedLoad: mean(known) }),
      recordedSecondsOver: isOver(recordedLoad) ? stepSeconds : 0,
      simulatedSecondsOver: loads.filter(isOver).length * lookSeconds,
    };
  });
  return { steps: replayed, changes };

  function look(
    now: Fleet,
    demands: readonly Demand[],
    at: number,
  ): ReplayedChange | undefined {
    now.starting = now.starting.filter(ready => ready > at);
    // To look recurrences up costs more than all else, and they say until when they hold.
    if (!now.limits || at >= (now.limits.nextChangeAt ?? Infinity))
      now.limits = limitsAt(policy, options.tier, at);
    if (!now.limits) return undefined;
    const from = now.replicas;
    const step = autoscale(
      now.state,
      sampleOf(now, demands),
      policy,
      now.limits,
      at,
    );
    now.state = step.state;
    now.replicas = step.desired;
    // Those that start are the first to go.
    if (step.desired < from)
      now.starting = now.starting.slice(
        0,
        Math.max(0, now.starting.length - (from - step.desired)),
      );
    else if (options.startupSeconds > 0)
      for (let more = from; more < step.desired; more++)
        now.starting.push(at + options.startupSeconds * 1000);
    return step.desired === from
      ? undefined
      : { at, from, to: step.desired, reason: step.reason };
  }

  function sampleOf(now: Fleet, demands: readonly Demand[]): LoadSample {
    const unready = now.starting.length;
    const working = now.replicas - unready;
    const readings: Record<string, MetricReading> = {};
    for (const metric of metrics) {
      const demand = demandFor(metric, demands);
      // What replicas use is measured of those that work; a count is shared among all.
      const isUsage = 'targetUtilization' in metric;
      const among = isUsage ? working : now.replicas;
      if (demand !== undefined && among > 0)
        readings[metricName(metric)] = {
          average: demand / among,
          ...(isUsage && unready > 0 && { unready }),
        };
    }
    return { replicas: now.replicas, metrics: readings };
  }
}

/** Whether looks up to an instant would change nothing, as long as the load stays as it was at the last one. */
function isAtRest(fleet: Fleet, until: number): boolean {
  const { limits, replicas, starting, state } = fleet;
  const [first] = state.wishes;
  if (!limits || !first || starting.length) return false;
  if ((limits.nextChangeAt ?? Infinity) < until) return false;
  if (state.wishes.some(wish => wish.replicas !== first.replicas)) return false;
  return (
    first.replicas === replicas ||
    (first.replicas > replicas && replicas === limits.max) ||
    (first.replicas < replicas && replicas === limits.min)
  );
}

/** Infinite where nothing works although there is something to do. */
function loadOf(
  demand: number | undefined,
  working: number,
): number | undefined {
  if (demand === undefined) return undefined;
  return demand === 0 ? 0 : demand / working;
}

// What is just at its target is not over it, however it was rounded.
function isOver(load: number | undefined): boolean {
  return load !== undefined && load > 1 + 1e-9;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
