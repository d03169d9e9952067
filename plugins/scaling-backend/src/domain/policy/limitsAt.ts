import type {
  ScalingPolicy,
  ScalingPolicyLimits,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import { occurrences } from '@slipway/backstage-plugin-slipway-node';

const dayMs = 86_400_000;
// Near first: most schedules come every day or week, and a frequent one must not be spelt out over a year.
const horizons = [2 * dayMs, 40 * dayMs, 400 * dayMs];

/** How many replicas there may be. */
export interface LimitsNow extends ScalingPolicyLimits {
  /** The name of the schedule that says so. Absent when the policy's own limits hold. */
  schedule?: string;
  /** When another schedule or none begins to hold, in epoch milliseconds. Absent when not within 400 days. */
  nextChangeAt?: number;
}

/**
 * The limits at an instant (epoch milliseconds) in environments of a tier; nothing where the policy does not speak of
 * the tier.
 */
export function limitsAt(
  { spec }: ScalingPolicy,
  tier: ScalingTarget['tier'],
  now: number,
): LimitsNow | undefined {
  const own = spec.replicas[tier];
  if (!own) return undefined;
  const schedules = (spec.schedules ?? []).filter(
    ({ tiers }) => !tiers || tiers.includes(tier),
  );
  const holding = schedules.find(
    schedule => occurrences(schedule, now, now + 1).length > 0,
  );
  const nextChangeAt = nextChange(schedules, holding, now);
  const { min, max } = holding?.replicas ?? own;
  return {
    min,
    max,
    ...(holding && { schedule: holding.name }),
    ...(nextChangeAt !== undefined && { nextChangeAt }),
  };
}

type Schedule = NonNullable<ScalingPolicy['spec']['schedules']>[number];

function nextChange(
  schedules: Schedule[],
  holding: Schedule | undefined,
  now: number,
): number | undefined {
  if (!schedules.length) return undefined;
  for (const horizon of horizons) {
    const spans = schedules.map(schedule => ({
      schedule,
      found: occurrences(schedule, now, now + horizon),
    }));
    const edges = spans
      .flatMap(({ found }) => found.flatMap(({ start, end }) => [start, end]))
      .filter(edge => edge > now && edge < now + horizon)
      .sort((a, b) => a - b);
    const change = edges.find(
      edge =>
        spans.find(({ found }) =>
          found.some(({ start, end }) => start <= edge && edge < end),
        )?.schedule !== holding,
    );
    if (change !== undefined) return change;
  }
  return undefined;
}
