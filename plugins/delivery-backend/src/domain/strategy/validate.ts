import type {
  AnalysisTemplate,
  Metric,
  Step,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type { JsonObject } from '@backstage/types';
import { durationMs } from '@slipway/backstage-plugin-slipway-node';
import { conditionProblem } from '../cel';
import { metricLimits } from '../analysis/metricProgress';
import { scoringProblems } from './scoringProblems';

/** One field that was refused, and why. `pointer` is a JSON pointer into the strategy. */
export interface StrategyProblem {
  pointer: string;
  detail: string;
}

/** What a strategy may name. Each function answers why the query or config is refused, or `undefined`. */
export interface StrategyVocabulary {
  provider(
    name: string,
    query: JsonObject,
    compared: boolean,
  ): string | undefined;
  /** Of a provider that is not unknown. */
  comparison(provider: string): string | undefined;
  stepKind(name: string, config: JsonObject): string | undefined;
}

/** What is wrong with a strategy beyond its schema. Empty when nothing is. */
export function strategyProblems(
  strategy: Strategy,
  vocabulary: StrategyVocabulary,
): StrategyProblem[] {
  if (strategy.canary) return canaryProblems(strategy.canary.steps, vocabulary);
  if (strategy.blueGreen) {
    const { prePromotionAnalysis: pre, postPromotionAnalysis: post } =
      strategy.blueGreen;
    return [
      ...(pre
        ? analysisProblems(pre, '/blueGreen/prePromotionAnalysis', vocabulary)
        : []),
      ...(post
        ? analysisProblems(post, '/blueGreen/postPromotionAnalysis', vocabulary)
        : []),
    ];
  }
  const { maxSurge = 1, maxUnavailable = 0 } = strategy.rolling ?? {};
  return maxSurge === 0 && maxUnavailable === 0
    ? [
        {
          pointer: '/rolling/maxUnavailable',
          detail:
            'must be at least 1 when maxSurge is 0: nothing could be replaced',
        },
      ]
    : [];
}

function canaryProblems(
  steps: Step[],
  vocabulary: StrategyVocabulary,
): StrategyProblem[] {
  const problems: StrategyProblem[] = [];
  let weight = -1;
  let noReplicas = false;
  steps.forEach((step, index) => {
    const pointer = `/canary/steps/${index}`;
    if (step.setCanaryScale) {
      noReplicas =
        step.setCanaryScale.replicas === 0 || step.setCanaryScale.weight === 0;
      if (noReplicas && weight > 0)
        problems.push({
          pointer: `${pointer}/setCanaryScale`,
          detail: `would leave ${weight} % of the traffic without a copy to serve it`,
        });
    }
    if (step.setWeight !== undefined) {
      if (step.setWeight <= weight)
        problems.push({
          pointer: `${pointer}/setWeight`,
          detail: `must be more than the weight before it, ${weight}`,
        });
      if (step.setWeight > 0 && noReplicas)
        problems.push({
          pointer: `${pointer}/setWeight`,
          detail:
            'sends traffic to no copies: an earlier setCanaryScale asks for none',
        });
      weight = step.setWeight;
    }
    if (step.analysis)
      problems.push(
        ...analysisProblems(step.analysis, `${pointer}/analysis`, vocabulary),
      );
    if (step.plugin) {
      const detail = vocabulary.stepKind(
        step.plugin.name,
        (step.plugin.config ?? {}) as JsonObject,
      );
      if (detail) problems.push({ pointer: `${pointer}/plugin`, detail });
    }
  });
  return problems;
}

/** What is wrong with an analysis beyond its schema, with `pointer` before each field. */
export function analysisProblems(
  template: AnalysisTemplate,
  pointer: string,
  vocabulary: StrategyVocabulary,
): StrategyProblem[] {
  const names = new Set<string>();
  const ofMetrics = template.metrics.flatMap((metric, index) => {
    const at = `${pointer}/metrics/${index}`;
    const problems = metricProblems(metric, at, vocabulary);
    if (names.has(metric.name))
      problems.push({
        pointer: `${at}/name`,
        detail: `'${metric.name}' is used by a metric before it`,
      });
    names.add(metric.name);
    return problems;
  });
  return [...ofMetrics, ...scoringProblems(template, `${pointer}/scoring`)];
}

function metricProblems(
  metric: Metric,
  pointer: string,
  vocabulary: StrategyVocabulary,
): StrategyProblem[] {
  const problems: StrategyProblem[] = [];
  for (const field of ['successCondition', 'failureCondition'] as const) {
    const condition = metric[field];
    const detail = condition && conditionProblem(condition);
    if (detail) problems.push({ pointer: `${pointer}/${field}`, detail });
  }
  const [name, query] = Object.entries(metric.provider)[0];
  const detail = vocabulary.provider(
    name,
    query as JsonObject,
    metric.comparison !== undefined,
  );
  if (detail) problems.push({ pointer: `${pointer}/provider/${name}`, detail });
  problems.push(...comparisonProblems(metric, pointer, vocabulary));
  const several = metricLimits(metric).count > 1;
  if (
    several &&
    metric.interval !== undefined &&
    durationMs(metric.interval) < 100
  )
    problems.push({
      pointer: `${pointer}/interval`,
      detail: 'must be at least 100ms',
    });
  return problems;
}

function comparisonProblems(
  metric: Metric,
  pointer: string,
  vocabulary: StrategyVocabulary,
): StrategyProblem[] {
  const conditions = (['successCondition', 'failureCondition'] as const).filter(
    field => metric[field] !== undefined,
  );
  if (!metric.comparison)
    return conditions.length
      ? []
      : [
          {
            pointer: `${pointer}/successCondition`,
            detail:
              'a metric needs a successCondition, a failureCondition or a comparison: nothing could fail',
          },
        ];
  const problems = conditions.map(field => ({
    pointer: `${pointer}/${field}`,
    detail: 'is either this or a comparison: the metric has both',
  }));
  if (metric.failureLimit !== undefined)
    problems.push({
      pointer: `${pointer}/failureLimit`,
      detail: 'does not go with a comparison, which decides once',
    });
  const [name] = Object.keys(metric.provider);
  const detail = vocabulary.comparison(name);
  if (detail) problems.push({ pointer: `${pointer}/comparison`, detail });
  return problems;
}
