import type { ScalingCondition } from '@slipway/backstage-plugin-scaling-common';
import type { LimitsNow } from '../policy/limitsAt';
import type { Look } from './look';

/** A metric may be missing for so long, as after a restart, until somebody should look. */
const patienceMs = 60_000;

/** Why there are as many as there are, and why not more or fewer: in the words that a HorizontalPodAutoscaler has for it. */
export function conditionsOf(
  { desired, memory, reason, wish }: Look,
  { max, schedule }: LimitsNow,
  problem: string | undefined,
  now: number,
): ScalingCondition[] {
  const since = memory.unmeasuredSince;
  const conditions: ScalingCondition[] = [
    since === undefined
      ? {
          type: 'ScalingActive',
          reason: 'ValidMetricFound',
          severity: 'info',
          message: `${reason}.`,
        }
      : {
          type: 'ScalingActive',
          reason: 'FailedGetMetric',
          severity: now - since > patienceMs ? 'warning' : 'info',
          message: `${reason}. Without a measurement nothing is taken away.`,
          ...(problem && { detail: problem }),
          since: new Date(since).toISOString(),
        },
  ];
  if (wish !== undefined && wish > max && desired === max)
    conditions.push({
      type: 'ScalingLimited',
      reason: 'TooManyReplicas',
      severity: 'warning',
      message: `The load asks for ${wish} replicas, and ${schedule ? `the schedule '${schedule}'` : 'the policy'} allows ${max}. Raise the maximum, or see why each replica does so little.`,
    });
  return conditions;
}

/** It is left as it is for now, by somebody's will. */
export function heldBack(reason: string, message: string): ScalingCondition {
  return { type: 'AbleToScale', reason, severity: 'info', message };
}

/** It could not be changed. It is tried again at the next look. */
export function failed(message: string): ScalingCondition {
  return {
    type: 'AbleToScale',
    reason: 'FailedUpdateScale',
    severity: 'error',
    message: `It could not be changed: ${message}`,
  };
}
