import type { RolloutPhase } from '@slipway/backstage-plugin-delivery-common';

const ended: ReadonlySet<RolloutPhase> = new Set([
  'succeeded',
  'rolledBack',
  'aborted',
]);

/** Whether nothing more will happen in a rollout. */
export function isEnded(phase: RolloutPhase): boolean {
  return ended.has(phase);
}
