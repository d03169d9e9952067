import type { DeliveryWindow } from '@slipway/backstage-plugin-delivery-common';

/**
 * Those of the windows that decide whether a rollout goes on that is under way. An allow window that holds is as open as
 * any other of the target: what may begin may go on.
 */
export function holdingWindows(
  windows: readonly DeliveryWindow[],
): DeliveryWindow[] {
  const holds = windows.filter(({ spec }) => spec.ongoing === 'hold');
  const allows = holds.some(({ spec }) => spec.type === 'allow');
  return windows.filter(
    window =>
      holds.includes(window) || (allows && window.spec.type === 'allow'),
  );
}
