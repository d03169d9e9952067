import type { MeasuredValue } from '@slipway/backstage-plugin-delivery-node';
import type {
  Measurement,
  Metric,
} from '@slipway/backstage-plugin-delivery-common';
import { evaluateCondition } from '../cel';

/** What a measurement came to: a value, or why there is none. */
export type MeasurementResult = MeasuredValue | { error: string };

/**
 * Judges one measured value by the metric's conditions, as Argo Rollouts does: a failure condition that holds fails,
 * a success condition that holds succeeds, neither (of two) is inconclusive. No value at all is inconclusive: what
 * was not seen is neither good nor bad.
 */
export function judge(
  metric: Metric,
  measured: MeasurementResult,
  at: number,
): Measurement {
  const instant = new Date(at).toISOString();
  if ('error' in measured)
    return { at: instant, verdict: 'error', message: measured.error };
  const base = {
    at: instant,
    ...(measured.value !== undefined && { value: measured.value }),
    ...(measured.message && { message: measured.message }),
  };
  if (measured.result === null || measured.result === undefined)
    return {
      ...base,
      verdict: 'inconclusive',
      message: measured.message ?? 'there was nothing to measure',
    };
  try {
    return { ...base, verdict: conditionVerdict(metric, measured) };
  } catch (error) {
    return {
      ...base,
      verdict: 'error',
      message: error instanceof Error ? error.message : String(error),
    };
  }
}

function conditionVerdict(
  { successCondition, failureCondition }: Metric,
  measured: MeasuredValue,
): Measurement['verdict'] {
  const variables = { ...measured.variables, result: measured.result };
  if (failureCondition && evaluateCondition(failureCondition, variables))
    return 'failed';
  if (successCondition)
    return evaluateCondition(successCondition, variables)
      ? 'successful'
      : otherwise(failureCondition);
  return 'successful';
}

function otherwise(failureCondition: string | undefined) {
  return failureCondition ? 'inconclusive' : 'failed';
}
