import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import type { T } from '../hooks/useT';

/** What drives it, with its name. */
export function driverWords(t: T, { driver }: ScalingTarget): string {
  const kind = t(`driver.${driver.kind}`);
  const named = driver.name
    ? t('driver.named', { kind, name: driver.name })
    : kind;
  return driver.paused ? `${named} (${t('driver.paused')})` : named;
}

/** How many there are; what is not known is said to be unknown. */
export function replicaWords(t: T, target: ScalingTarget): string {
  const { currentReplicas, desiredReplicas, readyReplicas } = target;
  if (currentReplicas === undefined && desiredReplicas === undefined)
    return t('value.unknown');
  return t('value.replicas', {
    ready: String(readyReplicas ?? t('value.unknown')),
    desired: String(desiredReplicas ?? t('value.unknown')),
  });
}

export function limitWords(t: T, target: ScalingTarget): string {
  const { maxReplicas, minReplicas } = target;
  return minReplicas === undefined && maxReplicas === undefined
    ? t('value.none')
    : t('value.limits', {
        min: String(minReplicas ?? t('value.unknown')),
        max: String(maxReplicas ?? t('value.unknown')),
      });
}

export function loadWords(t: T, { driver, load }: ScalingTarget): string {
  if (load === undefined)
    return t(driver.kind === 'fixed' ? 'value.none' : 'value.unknown');
  return t('value.percent', { percent: String(Math.round(load * 100)) });
}
