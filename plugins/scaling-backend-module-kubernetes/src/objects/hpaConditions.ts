import type {
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerCondition,
} from '@kubernetes/client-node';
import type { ScalingCondition } from '@slipway/backstage-plugin-scaling-common';

type Severity = ScalingCondition['severity'];
interface Words {
  severity: Severity;
  message: string;
}

/** Why it does not scale, or not as it would: what a HorizontalPodAutoscaler says of itself, in words. */
export function hpaConditions({
  spec,
  status,
}: V2HorizontalPodAutoscaler): ScalingCondition[] {
  const limits = {
    min: spec?.minReplicas ?? 1,
    max: spec?.maxReplicas,
  };
  return (status?.conditions ?? []).flatMap(condition => {
    const words = inWords(condition, limits);
    if (!words) return [];
    const since = condition.lastTransitionTime as unknown as string | undefined;
    return [
      {
        type: condition.type,
        reason: condition.reason ?? 'Unknown',
        ...words,
        ...(condition.message && { detail: condition.message }),
        ...(since && { since }),
      },
    ];
  });
}

function inWords(
  { type, status, reason = '' }: V2HorizontalPodAutoscalerCondition,
  { min, max }: { min: number; max?: number },
): Words | undefined {
  if (type === 'ScalingLimited')
    return status === 'True' ? limited(reason, min, max) : undefined;
  if (type === 'ScalingActive' && status === 'False') return inactive(reason);
  if (type === 'AbleToScale')
    return status === 'False' ? unable(reason) : able(reason);
  return undefined;
}

function limited(reason: string, min: number, max?: number): Words {
  switch (reason) {
    case 'TooManyReplicas':
      return {
        severity: 'warning',
        message: `The load asks for more replicas than the limit of ${max ?? 'its maximum'} lets it have. Raise the maximum, or see why each replica does so little.`,
      };
    case 'TooFewReplicas':
      return {
        severity: 'info',
        message: `The load asks for fewer replicas than the minimum of ${min}.`,
      };
    case 'ScaleUpLimit':
      return {
        severity: 'info',
        message: 'It grows no faster than its policies let it.',
      };
    case 'ScaleDownLimit':
      return {
        severity: 'info',
        message: 'It shrinks no faster than its policies let it.',
      };
    default:
      return { severity: 'info', message: 'A limit holds it back.' };
  }
}

function inactive(reason: string): Words {
  if (reason === 'ScalingDisabled')
    return {
      severity: 'warning',
      message:
        'It does not scale, because there are 0 replicas: give the workload at least one to have it begin again.',
    };
  if (/^FailedGet\w*Metric|^FailedComputeMetricsReplicas/.test(reason))
    return {
      severity: 'error',
      message:
        'It does not scale, because it cannot read a metric. See that the metrics API answers and that every container has a request for the resource.',
    };
  if (reason === 'InvalidMetricSourceType' || reason === 'InvalidSelector')
    return {
      severity: 'error',
      message:
        'It does not scale, because what it is told to look at is wrong.',
    };
  return { severity: 'error', message: 'It does not scale.' };
}

function unable(reason: string): Words {
  switch (reason) {
    case 'FailedGetScale':
      return {
        severity: 'error',
        message:
          'It cannot find what it is to scale: see the name and kind in its scaleTargetRef.',
      };
    case 'FailedUpdateScale':
      return {
        severity: 'error',
        message: 'The cluster does not let it change the number of replicas.',
      };
    default:
      return { severity: 'error', message: 'It cannot scale now.' };
  }
}

function able(reason: string): Words | undefined {
  return reason === 'ScaleDownStabilized'
    ? {
        severity: 'info',
        message:
          'It waits before it shrinks: a higher recommendation of a short while ago still counts.',
      }
    : undefined;
}
