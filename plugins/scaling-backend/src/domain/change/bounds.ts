import type {
  ScalingDriver,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';

type Tier = ScalingTarget['tier'];

/** The most replicas that may be asked for, by tier. */
export type MostReplicas = Record<Tier, number>;

export const defaultMostReplicas: MostReplicas = {
  development: 10,
  staging: 20,
  production: 100,
};

/** How far ahead the end of a change may lie. */
export const longestDays = 30;
const dayMs = 86_400_000;

/** How many replicas may be asked for: none in development only, and under a HorizontalPodAutoscaler at least one. */
export function boundsOf(
  { tier, driver }: { tier: Tier; driver: Pick<ScalingDriver, 'kind'> },
  most: MostReplicas,
): { min: number; max: number } {
  const mayBeNone = tier === 'development' && driver.kind !== 'hpa';
  return { min: mayBeNone ? 0 : 1, max: most[tier] };
}

/** Whether a change has to say when it ends. */
export function needsUntil(tier: Tier): boolean {
  return tier === 'production';
}

/** What is wrong with a request for replicas, by field. Instants in epoch milliseconds. */
export function problemsOf(
  { replicas, until }: { replicas: number; until?: number },
  target: { tier: Tier; driver: Pick<ScalingDriver, 'kind'> },
  { most, now }: { most: MostReplicas; now: number },
): Array<{ pointer: string; detail: string }> {
  const { min, max } = boundsOf(target, most);
  const problems = [];
  if (replicas < min || replicas > max)
    problems.push({
      pointer: '/replicas',
      detail: `must be between ${min} and ${max} in ${target.tier}${
        replicas > max
          ? `; scaling.bounds.${target.tier}.max says how many`
          : ''
      }`,
    });
  if (until === undefined && needsUntil(target.tier))
    problems.push({
      pointer: '/until',
      detail: `is needed in ${target.tier}, so that nobody has to remember to take it back`,
    });
  if (until !== undefined && until <= now)
    problems.push({ pointer: '/until', detail: 'must lie in the future' });
  if (until !== undefined && until > now + longestDays * dayMs)
    problems.push({
      pointer: '/until',
      detail: `must lie within ${longestDays} days`,
    });
  return problems;
}
