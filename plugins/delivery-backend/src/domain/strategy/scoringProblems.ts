import type { AnalysisTemplate } from '@slipway/backstage-plugin-delivery-common';
import { comparisonSettings } from '../analysis/comparison/settings';
import { scoreThresholds } from '../analysis/score';
import type { StrategyProblem } from './validate';

/** What is wrong with how the comparisons of an analysis are weighed. `pointer` is the scoring's. */
export function scoringProblems(
  { metrics, scoring }: AnalysisTemplate,
  pointer: string,
): StrategyProblem[] {
  if (!scoring) return [];
  const groups = new Set(
    metrics.flatMap(({ comparison }) =>
      comparison ? [comparisonSettings(comparison).group] : [],
    ),
  );
  if (!groups.size)
    return [
      { pointer, detail: 'weighs comparisons, and no metric here has one' },
    ];
  const problems: StrategyProblem[] = [];
  const { pass, marginal } = scoreThresholds(scoring);
  if (marginal > pass)
    problems.push({
      pointer: `${pointer}/marginal`,
      detail: `must not be more than pass, ${pass}`,
    });
  const weights = scoring.groupWeights ?? {};
  for (const name of Object.keys(weights))
    if (!groups.has(name))
      problems.push({
        pointer: `${pointer}/groupWeights/${name}`,
        detail: `no comparison is in this group; known: ${[...groups].join(', ')}`,
      });
  if (problems.length || !scoring.groupWeights) return problems;
  const sum = Object.values(weights).reduce((total, one) => total + one, 0);
  const left = [...groups].filter(name => !Object.hasOwn(weights, name));
  if (!left.length && Math.abs(sum - 100) > 1e-9)
    problems.push({
      pointer: `${pointer}/groupWeights`,
      detail: `must add up to 100, not ${sum}`,
    });
  if (left.length && sum >= 100)
    problems.push({
      pointer: `${pointer}/groupWeights`,
      detail: `must leave something of 100 to ${left.join(', ')}`,
    });
  return problems;
}
