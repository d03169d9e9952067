import type {
  ScalingChange,
  ScalingSetting,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import { formatInstant } from '@slipway/backstage-plugin-slipway-react';
import type { T } from '../../hooks/useT';

/** Where a change stands, in a sentence. */
export function changeWords(t: T, change: ScalingChange): string {
  const { limits, outcome, phase, policy, problem, until, waitsFor } = change;
  const replicas = String(change.replicas);
  const name = policy?.metadata.name ?? '';
  switch (phase) {
    case 'held':
      return t('changes.held', { name, what: waitsFor ?? '' });
    case 'preparing':
      return t('changes.preparing');
    case 'applying':
      if (waitsFor) return t('changes.waits', { what: waitsFor });
      return policy
        ? t('changes.applyingPolicy', { name })
        : t('changes.applying', { replicas });
    case 'active':
      if (policy)
        return t(
          limits?.schedule ? 'changes.byPolicyNow' : 'changes.byPolicy',
          {
            name,
            min: String(limits?.min),
            max: String(limits?.max),
            schedule: limits?.schedule ?? '',
          },
        );
      return until
        ? t('changes.activeUntil', { replicas, until: formatInstant(until) })
        : t('changes.active', { replicas });
    case 'reverting':
      return waitsFor
        ? t('changes.waits', { what: waitsFor })
        : t('changes.reverting');
    case 'stuck':
      return t('changes.stuck', { problem: problem ?? '' });
    default: {
      const why = endWords(t, change);
      return outcome ? `${why} ${outcomeWords(t, outcome)}` : why;
    }
  }
}

function endWords(t: T, { end }: ScalingChange): string {
  if (end?.as === 'failed')
    return t('changes.failed', { reason: end.reason ?? '' });
  if (end?.as === 'ended')
    return t('changes.endedBy', {
      by: end.by ?? '',
      reason: end.reason ?? '',
    });
  return t(end?.as === 'superseded' ? 'changes.superseded' : 'changes.expired');
}

function outcomeWords(
  t: T,
  { kind, found }: NonNullable<ScalingChange['outcome']>,
): string {
  if (found)
    return t('changes.outcome.meddled', { found: settingWords(t, found) });
  return t(`changes.outcome.${kind}`);
}

function settingWords(t: T, setting: ScalingSetting): string {
  return setting.driver === 'fixed'
    ? String(setting.replicas)
    : t('value.limits', {
        min: String(setting.minReplicas),
        max: String(setting.maxReplicas),
      });
}

/** What scaling by hand would do to a target. */
export function effectWords(
  t: T,
  { delivered, driver, maxReplicas }: ScalingTarget,
  replicas: number,
): string {
  if (driver.kind === 'slipway')
    return t('changes.effect.policy', {
      name: driver.name ?? '',
      replicas: String(replicas),
    });
  if (driver.kind !== 'fixed') {
    const words = { name: driver.name ?? '', replicas: String(replicas) };
    return maxReplicas !== undefined && replicas > maxReplicas
      ? t('changes.effect.raise', words)
      : t('changes.effect.least', words);
  }
  return t(delivered ? 'changes.effect.delivery' : 'changes.effect.fixed', {
    replicas: String(replicas),
  });
}

/** It goes on by itself, and soon. */
export function isMoving({ phase }: ScalingChange): boolean {
  return ['held', 'preparing', 'applying', 'reverting'].includes(phase);
}
