import type { ScalingPolicy } from '@slipway/backstage-plugin-scaling-common';

/** A policy by CPU at 70 % in production, with other parts where a test wants them. */
export function policy(spec: Partial<ScalingPolicy['spec']> = {}) {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'ScalingPolicy',
    metadata: { name: 'web' },
    spec: {
      replicas: { production: { min: 1, max: 20 } },
      metrics: [{ type: 'cpu', targetUtilization: 70 }],
      ...spec,
    },
  } satisfies ScalingPolicy;
}

/** No replicas in development from 20:00 to 07:00 in Berlin. */
export const nightly = {
  name: 'night',
  tiers: ['development' as const],
  start: '2026-01-01T20:00',
  timeZone: 'Europe/Berlin',
  duration: '11h',
  recurrence: 'FREQ=DAILY',
  replicas: { min: 0, max: 0 },
};
