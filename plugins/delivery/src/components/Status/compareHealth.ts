import type { HealthStatus } from '@slipway/backstage-plugin-delivery-common';

/** Worst first. */
const severity: HealthStatus[] = [
  'degraded',
  'unknown',
  'progressing',
  'stopped',
  'healthy',
];

/** Orders by health, worst first. */
export function compareHealth(a: HealthStatus, b: HealthStatus): number {
  return severity.indexOf(a) - severity.indexOf(b);
}
