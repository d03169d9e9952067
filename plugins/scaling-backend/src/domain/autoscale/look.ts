import type {
  PolicyMetric,
  ScalingPolicy,
} from '@slipway/backstage-plugin-scaling-common';
import type { LimitsNow } from '../policy/limitsAt';
import { metricName } from '../policy/metricName';
import { autoscale } from './autoscale';
import { type AutoscaleState, type MetricReading, unseen } from './state';

/** What is kept between the looks of a policy that Slipway follows by itself. Instants are epoch milliseconds. */
export interface AutoscaleMemory {
  state: AutoscaleState;
  /** A number that was asked for. It counts as a change only when it is found. */
  asked?: { at: number; from: number; to: number; rolloutId?: string };
  /** Since when a metric could not be measured. */
  unmeasuredSince?: number;
  lookedAt?: number;
}

/** Of a workload that was never looked at. */
export const nothingKnown: AutoscaleMemory = { state: unseen };

/** What is found at a look. */
export interface Found {
  /** How many there are to be, as it is set now. */
  replicas: number;
  /** What they had to do together, by the kind of metric. */
  totals: Partial<Record<PolicyMetric['type'], number>>;
}

/** What a look comes to. */
export interface Look {
  desired: number;
  reason: string;
  memory: AutoscaleMemory;
  /** How many the load asked for, whatever the limits. */
  wish?: number;
}

/** One look at a workload. Pure. `now` is taken to be later than the look before, as clocks of replicas differ. */
export function look(
  memory: AutoscaleMemory,
  { replicas, totals }: Found,
  policy: ScalingPolicy,
  limits: LimitsNow,
  clock: number,
): Look {
  const now = Math.max(clock, (memory.lookedAt ?? 0) + 1);
  const { metrics } = policy.spec;
  const step = autoscale(
    settled(memory, replicas),
    { replicas, metrics: readings(metrics, { replicas, totals }) },
    policy,
    limits,
    now,
  );
  const { desired, reason } = step;
  const { changes, wishes } = step.state;
  const isChange = desired !== replicas;
  // Where limits decide, load is not asked for.
  const last = wishes.at(-1);
  const wish = last?.at === now ? last.replicas : undefined;
  const isUnmeasured =
    wish !== undefined &&
    metrics.some(({ type }) => totals[type] === undefined);
  return {
    desired,
    reason,
    ...(wish !== undefined && { wish }),
    memory: {
      state: { wishes, changes: isChange ? changes.slice(0, -1) : changes },
      ...(isChange && { asked: { at: now, from: replicas, to: desired } }),
      ...(isUnmeasured && { unmeasuredSince: memory.unmeasuredSince ?? now }),
      lookedAt: now,
    },
  };
}

/** With what was asked for, if it has come about. */
function settled(
  { asked, state }: AutoscaleMemory,
  replicas: number,
): AutoscaleState {
  if (!asked || asked.to !== replicas) return state;
  const { at, from, to } = asked;
  return { ...state, changes: [...state.changes, { at, from, to }] };
}

function readings(
  metrics: readonly PolicyMetric[],
  { replicas, totals }: Found,
): Record<string, MetricReading> {
  if (replicas === 0) return {};
  return Object.fromEntries(
    metrics.flatMap(metric => {
      const total = totals[metric.type];
      return total === undefined
        ? []
        : [[metricName(metric), { average: total / replicas }]];
    }),
  );
}
