import type { ResourceSizing } from '@slipway/backstage-plugin-scaling-common';
import type { UsageSeries } from '@slipway/backstage-plugin-scaling-node';
import { confidenceOf, leastSeconds } from './confidence';
import { percentile } from './percentile';
import type { SizingRule } from './rules';
import { seen } from './seen';

/** What differs less is left as it is: each change restarts all replicas. */
const worthwhile = 0.1;
/** Of the periods: above, what was used is not what was wanted. */
export const throttledMuch = 0.1;
const nearLimit = 0.9;

/** One resource of one container; nothing where less than a day was seen. */
export function sizeResource(
  rule: SizingRule,
  usage: {
    series: readonly UsageSeries[];
    throttled?: number;
    outOfMemory?: number;
  },
  present: { request?: number; limit?: number },
  window: { from: number; to: number; stepSeconds: number },
): ResourceSizing | undefined {
  const found = seen(usage.series, window, rule.percentile);
  if (!found || found.seconds < leastSeconds) return undefined;
  const { byDay, coverage, replicas, sorted } = found;
  const observed = percentile(sorted, rule.percentile);
  const highest = sorted[sorted.length - 1];
  const recommended = roundUp(observed * (1 + rule.headroom), rule);
  const { request, limit } = present;
  const held = heldDown(rule, usage, highest, limit);
  const wish = verdictOf(recommended, request);
  // What was held down says nothing of how much less would do.
  const verdict = held.length && wish === 'lower' ? 'keep' : wish;
  const trust = confidenceOf(found, rule.least);
  return {
    resource: rule.resource,
    ...(request !== undefined && { request }),
    ...(limit !== undefined && { limit }),
    samples: sorted.length,
    replicas,
    coverage,
    percentile: rule.percentile,
    observed,
    highest,
    ...(byDay.length > 1 && {
      byDay: { lowest: Math.min(...byDay), highest: Math.max(...byDay) },
    }),
    headroom: rule.headroom,
    recommended,
    verdict,
    confidence: held.length ? 'low' : trust.confidence,
    reasons: [
      ...held,
      ...trust.reasons,
      ...(limit !== undefined && recommended > limit
        ? ['the recommended request is above the present limit: raise that too']
        : []),
    ],
  };
}

function heldDown(
  { resource }: SizingRule,
  {
    outOfMemory = 0,
    throttled = 0,
  }: { outOfMemory?: number; throttled?: number },
  highest: number,
  limit: number | undefined,
): string[] {
  if (resource === 'cpu')
    return throttled > throttledMuch
      ? [
          `the CPU limit held it down in ${Math.round(throttled * 100)} % of the periods, so more was wanted than was used: raise the limit or take it away first`,
        ]
      : [];
  if (outOfMemory > 0)
    return [
      `it was ended for want of memory ${outOfMemory === 1 ? 'once' : `${outOfMemory} times`}, so more was wanted than there was: raise the limit first`,
    ];
  return limit !== undefined && highest >= nearLimit * limit
    ? [
        `memory came to ${Math.round((highest / limit) * 100)} % of its limit, where the system begins to take it away: raise the limit first`,
      ]
    : [];
}

function verdictOf(
  recommended: number,
  request: number | undefined,
): ResourceSizing['verdict'] {
  if (request === undefined) return 'set';
  // Of nothing, any is more.
  const change = request > 0 ? recommended / request - 1 : Infinity;
  if (Math.abs(change) <= worthwhile) return 'keep';
  return change > 0 ? 'raise' : 'lower';
}

/** Without the error of adding many hundredths: 0.3 is 30 units of 0.01, not 31. */
function roundUp(value: number, { least, unit }: SizingRule): number {
  const units = Math.ceil(Number((value / unit).toPrecision(12)));
  const rounded = unit < 1 ? units / Math.round(1 / unit) : units * unit;
  return Math.max(least, rounded);
}
