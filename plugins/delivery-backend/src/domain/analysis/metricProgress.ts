import type {
  AnalysisVerdict,
  Measurement,
  Metric,
} from '@slipway/backstage-plugin-delivery-common';
import { durationMs } from '../duration';

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

/** Argo Rollouts' defaults for what a metric leaves out. */
export function metricLimits(metric: Metric) {
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
  const errorsInARow = trailingErrors(measurements);
  if (errorsInARow > limits.consecutiveErrorLimit)
    return {
      verdict: 'error',
      message: `${errorsInARow} measurements in a row could not be taken${because(last)}`,
    };
  if (measurements.length - count('error') >= limits.count)
    return { verdict: 'successful' };
  return { verdict: 'running' };
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
 * The verdict over all metrics. One failure decides at once; for the other bad verdicts the remaining metrics are
 * heard first, because one of them may still fail.
 */
export function analysisVerdict(metrics: MetricProgress[]): AnalysisVerdict {
  const has = (verdict: AnalysisVerdict) =>
    metrics.some(metric => metric.verdict === verdict);
  if (has('failed')) return 'failed';
  if (has('running')) return 'running';
  if (has('error')) return 'error';
  if (has('inconclusive')) return 'inconclusive';
  return 'successful';
}
