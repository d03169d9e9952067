import type {
  AnalysisScore,
  Scoring,
} from '@slipway/backstage-plugin-delivery-common';
import { comparisonSettings } from './comparison/settings';
import type { MetricProgress } from './metricProgress';

type Compared = Pick<MetricProgress, 'metric' | 'verdict'>;

/** Kayenta's thresholds for what a scoring leaves out. */
export function scoreThresholds({ pass, marginal }: Scoring = {}) {
  const effectivePass = pass ?? 95;
  return {
    pass: effectivePass,
    marginal: marginal ?? Math.min(75, effectivePass),
  };
}

/**
 * What the decided comparisons came to: in each group the percentage that passed, these weighted by group, and 0 once
 * a critical one has failed. Groups of which nothing is decided take no part. Nothing while nothing is decided.
 */
export function scoreOf(
  metrics: Compared[],
  scoring?: Scoring,
): AnalysisScore | undefined {
  const compared = metrics.filter(({ metric }) => metric.comparison);
  const weights = groupWeights(compared.map(groupOf), scoring?.groupWeights);
  const groups = [...weights].map(([name, weight]) => {
    const members = compared.filter(one => groupOf(one) === name);
    const decided = members.filter(isDecided);
    const passed = decided.filter(({ verdict }) => verdict === 'successful');
    return {
      name,
      weight,
      passed: passed.length,
      decided: decided.length,
      metrics: members.length,
    };
  });
  if (!groups.some(({ decided }) => decided)) return undefined;
  const criticalFailures = compared
    .filter(
      ({ metric, verdict }) =>
        metric.comparison?.critical && verdict === 'failed',
    )
    .map(({ metric }) => metric.name);
  return {
    value: criticalFailures.length ? 0 : weightedSum(groups),
    ...scoreThresholds(scoring),
    groups,
    criticalFailures,
  };
}

/**
 * What the score will be at best: as if everything that is not decided would pass. Below `marginal` nothing that is
 * still to come can save the analysis.
 */
export function bestScore(
  metrics: Compared[],
  scoring?: Scoring,
): AnalysisScore | undefined {
  const best = metrics.map(one =>
    isDecided(one) ? one : { ...one, verdict: 'successful' as const },
  );
  return scoreOf(best, scoring);
}

/** A score in a sentence, for the message of a rollout. */
export function scoreInWords(score: AnalysisScore): string {
  const { value, pass, marginal, criticalFailures, groups } = score;
  const critical = criticalFailures.length
    ? ` because ${criticalFailures.join(', ')} ${criticalFailures.length === 1 ? 'is' : 'are'} critical`
    : '';
  const open = groups.some(({ decided, metrics }) => decided < metrics)
    ? ' so far'
    : '';
  return `The score is ${Math.round(value * 10) / 10} of 100${open}${critical} (${pass} passes, below ${marginal} fails)`;
}

/** Percent by group, in the order of first mention. Groups without a weight share what is left of 100. */
function groupWeights(
  names: string[],
  given: Record<string, number> = {},
): Map<string, number> {
  const groups = [...new Set(names)];
  const unweighted = groups.filter(name => !Object.hasOwn(given, name));
  const left = Object.values(given).reduce(
    (rest, weight) => rest - weight,
    100,
  );
  return new Map(
    groups.map(name => [
      name,
      Object.hasOwn(given, name) ? given[name] : left / unweighted.length,
    ]),
  );
}

function weightedSum(groups: AnalysisScore['groups']): number {
  const heard = groups.filter(({ decided }) => decided);
  const total = heard.reduce((sum, { weight }) => sum + weight, 0);
  // Only groups that weigh nothing were heard; they are all there is to go by.
  const share = (weight: number) => (total ? weight / total : 1 / heard.length);
  const sum = heard.reduce(
    (value, { weight, passed, decided }) =>
      value + share(weight) * (passed / decided) * 100,
    0,
  );
  // Shares such as three thirds add up to a hair less than 1.
  return Math.round(sum * 1e6) / 1e6;
}

function isDecided({ verdict }: Compared): boolean {
  return verdict === 'successful' || verdict === 'failed';
}

function groupOf({ metric }: Compared): string {
  return comparisonSettings(metric.comparison ?? {}).group;
}
