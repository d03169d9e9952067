import type { DeliveryWindow } from '@slipway/backstage-plugin-delivery-common';
import type { WindowFacts } from '../gates/facts';
import { type ApprovedException, exceptionsTo } from './exceptionsInForce';
import { windowsState } from './windowsState';

/** What the windows that fit a target say of `now`; nothing where none fits. */
export function windowFacts(
  windows: readonly DeliveryWindow[],
  now: number,
  exceptions: readonly ApprovedException[] = [],
): WindowFacts | undefined {
  if (!windows.length) return undefined;
  const { open, until, closesAt, because } = windowsState(
    windows,
    now,
    window => exceptionsTo(window, exceptions),
  );
  const changes = open ? closesAt : until;
  const lets =
    open && exceptions.length > 0 && !windowsState(windows, now).open
      ? exceptions.filter(({ start, end }) => start <= now && now < end)
      : [];
  return {
    open,
    because,
    ...(changes !== undefined && { until: changes }),
    ...(lets.length > 0 && {
      exceptions: lets.map(({ id, end, approvedBy }) => ({
        id,
        until: end,
        approvedBy,
      })),
    }),
  };
}
