import type {
  AnalysisVerdict,
  Measurement,
  Metric,
  Scoring,
} from '@slipway/backstage-plugin-delivery-common';
import { durationMs } from '@slipway/backstage-plugin-slipway-node';
import { bestScore, scoreOf } from './score';

/** How one metric of a running analysis stands. */
export interface MetricProgress {
  metric: Metric;
  verdict: AnalysisVerdict;
  message?: string;
  measurements: Measurement[];
  /** How many measurements were asked for; part of the next one's key. */
  asked: number;
  /** When the next one is due, epoch milliseconds. */
  nextAt: number;
}

/**
 * Argo Rollouts' defaults for what a metric leaves out. A comparison decides once, with the first measurement that has
 * points enough; its count says how often it may be looked for.
 */
export function metricLimits(metric: Metric) {
  if (metric.comparison) {
    const count = metric.count ?? 30;
    return {
      count,
      failureLimit: 0,
      inconclusiveLimit: Math.min(metric.inconclusiveLimit ?? count, count - 1),
      consecutiveErrorLimit: metric.consecutiveErrorLimit ?? 4,
    };
  }
  return {
    count: metric.count ?? 1,
    failureLimit: metric.failureLimit ?? 0,
    inconclusiveLimit: metric.inconclusiveLimit ?? 0,
    consecutiveErrorLimit: metric.consecutiveErrorLimit ?? 4,
  };
}

// Without an interval several measurements would be taken at once and say the same.
const defaultIntervalMs = 10_000;

/** A metric about to be measured for the first time. */
export function startMetric(metric: Metric, at: number): MetricProgress {
  return {
    metric,
    verdict: 'running',
    measurements: [],
    asked: 0,
    nextAt: at + (metric.initialDelay ? durationMs(metric.initialDelay) : 0),
  };
}

/** The metric after one more measurement, with the verdict that follows from all of them. */
export function addMeasurement(
  progress: MetricProgress,
  measurement: Measurement,
  at: number,
): MetricProgress {
  const measurements = [...progress.measurements, measurement];
  const interval = progress.metric.interval
    ? durationMs(progress.metric.interval)
    : defaultIntervalMs;
  return {
    ...progress,
    ...verdictOf(progress.metric, measurements),
    measurements,
    asked: progress.asked + 1,
    nextAt: at + interval,
  };
}

function verdictOf(
  metric: Metric,
  measurements: Measurement[],
): { verdict: AnalysisVerdict; message?: string } {
  if (metric.comparison) return comparedVerdict(metric, measurements);
  const limits = metricLimits(metric);
  const count = (verdict: Measurement['verdict']) =>
    measurements.filter(measurement => measurement.verdict === verdict).length;
  const failed = count('failed');
  const inconclusive = count('inconclusive');
  const last = measurements[measurements.length - 1];

  if (failed > limits.failureLimit)
    return {
      verdict: 'failed',
      message: `${failed} of ${measurements.length} measurements failed (${limits.failureLimit} allowed)${because(last)}`,
    };
  if (inconclusive > limits.inconclusiveLimit)
    return {
      verdict: 'inconclusive',
      message: `${inconclusive} of ${measurements.length} measurements were inconclusive (${limits.inconclusiveLimit} allowed)${because(last)}`,
    };
  const tooManyErrors = errorVerdict(metric, measurements);
  if (tooManyErrors) return tooManyErrors;
  if (measurements.length - count('error') >= limits.count)
    return { verdict: 'successful' };
  return { verdict: 'running' };
}

function comparedVerdict(
  metric: Metric,
  measurements: Measurement[],
): { verdict: AnalysisVerdict; message?: string } {
  const last = measurements[measurements.length - 1];
  const { verdict, message, comparison } = last;
  const decided = verdict === 'successful' || verdict === 'failed';
  // Waiting brings no release to compare with.
  if (decided || comparison?.classification === 'nodata')
    return { verdict, message };
  const without = measurements.filter(one => one.verdict === 'inconclusive');
  if (without.length > metricLimits(metric).inconclusiveLimit)
    return {
      verdict: 'inconclusive',
      message: `no verdict after ${measurements.length} ${measurements.length === 1 ? 'measurement' : 'measurements'}${because(last)}`,
    };
  return errorVerdict(metric, measurements) ?? { verdict: 'running' };
}

function errorVerdict(metric: Metric, measurements: Measurement[]) {
  const errorsInARow = trailingErrors(measurements);
  if (errorsInARow <= metricLimits(metric).consecutiveErrorLimit)
    return undefined;
  const last = measurements[measurements.length - 1];
  return {
    verdict: 'error' as const,
    message: `${errorsInARow} measurements in a row could not be taken${because(last)}`,
  };
}

function because(measurement: Measurement): string {
  return measurement.message ? `: ${measurement.message}` : '';
}

function trailingErrors(measurements: Measurement[]): number {
  const backwards = [...measurements].reverse();
  const firstOther = backwards.findIndex(({ verdict }) => verdict !== 'error');
  return firstOther === -1 ? measurements.length : firstOther;
}

/**
 * The verdict over all metrics. One failed condition decides at once, and so do comparisons when the others can no
 * longer lift their score to where a person would decide. For the other bad verdicts the remaining metrics are heard
 * first, because one of them may still fail. A comparison without a verdict is never made up for by the others.
 */
export function analysisVerdict(
  metrics: MetricProgress[],
  scoring?: Scoring,
): AnalysisVerdict {
  const has = (verdict: AnalysisVerdict) =>
    metrics.some(metric => metric.verdict === verdict);
  const best = bestScore(metrics, scoring);
  if (best && best.value < best.marginal) return 'failed';
  if (
    metrics.some(
      ({ metric, verdict }) => verdict === 'failed' && !metric.comparison,
    )
  )
    return 'failed';
  if (has('running')) return 'running';
  if (has('error')) return 'error';
  if (has('inconclusive')) return 'inconclusive';
  const score = scoreOf(metrics, scoring);
  return score && score.value < score.pass ? 'inconclusive' : 'successful';
}
