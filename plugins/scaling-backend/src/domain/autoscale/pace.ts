import type { ScalingRules } from '@slipway/backstage-plugin-scaling-common';
import type { AutoscaleState } from './state';

type Rules = Pick<Required<ScalingRules>, 'policies' | 'selectPolicy'>;

/** The most that there may be now, by how fast it may go up. Never less than there are. */
export function mostNow(
  rules: Rules,
  current: number,
  state: AutoscaleState,
  now: number,
): number {
  if (rules.selectPolicy === 'Disabled') return current;
  const reach = rules.policies.map(({ periodSeconds, type, value }) => {
    const before = replicasBefore(periodSeconds, current, state, now);
    return type === 'Pods'
      ? before + value
      : Math.ceil((before * (100 + value)) / 100);
  });
  const chosen =
    rules.selectPolicy === 'Min' ? Math.min(...reach) : Math.max(...reach);
  return Math.max(current, chosen);
}

/** The fewest that there may be now, by how fast it may go down. Never more than there are. */
export function fewestNow(
  rules: Rules,
  current: number,
  state: AutoscaleState,
  now: number,
): number {
  if (rules.selectPolicy === 'Disabled') return current;
  const reach = rules.policies.map(({ periodSeconds, type, value }) => {
    const before = replicasBefore(periodSeconds, current, state, now);
    return type === 'Pods'
      ? before - value
      : Math.trunc((before * (100 - value)) / 100);
  });
  const chosen =
    rules.selectPolicy === 'Min' ? Math.max(...reach) : Math.min(...reach);
  return Math.min(current, chosen);
}

/** How many there were when the period began. */
function replicasBefore(
  periodSeconds: number,
  current: number,
  { changes }: AutoscaleState,
  now: number,
): number {
  return changes
    .filter(({ at }) => at > now - periodSeconds * 1000)
    .reduce((before, { from, to }) => before + from - to, current);
}
