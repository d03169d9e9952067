import type { MeasuredValue } from '@slipway/backstage-plugin-delivery-node';
import type {
  ComparisonResult,
  Measurement,
  Metric,
} from '@slipway/backstage-plugin-delivery-common';
import { evaluateCondition } from '../cel';
import { comparisonInWords } from './comparison/inWords';
import { comparisonSettings } from './comparison/settings';

/** What a measurement came to: a value, a comparison, or why there is neither. */
export type MeasurementResult =
  MeasuredValue | ComparedSeries | { error: string };

/** What is kept of two series, and a word of their provider. */
interface ComparedSeries {
  comparison: ComparisonResult;
  message?: string;
}

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
  if ('comparison' in measured)
    return { at: instant, ...comparisonVerdict(metric, measured) };
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

function comparisonVerdict(
  metric: Metric,
  { comparison, message }: ComparedSeries,
): Omit<Measurement, 'at'> {
  const words = comparisonInWords(
    comparison,
    comparisonSettings(metric.comparison ?? {}),
  );
  return {
    verdict: verdictOfClass(comparison.classification),
    message: message ? `${words}; ${message}` : words,
    comparison,
  };
}

function verdictOfClass(
  classification: ComparisonResult['classification'],
): Measurement['verdict'] {
  switch (classification) {
    case 'pass':
      return 'successful';
    case 'high':
    case 'low':
      return 'failed';
    default:
      return 'inconclusive';
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
