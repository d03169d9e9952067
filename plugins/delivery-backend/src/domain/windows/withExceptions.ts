import type { DeliveryWindow } from '@slipway/backstage-plugin-delivery-common';
import {
  type Occurrence,
  occurrences,
} from '@slipway/backstage-plugin-slipway-node';

/**
 * The occurrences that overlap [from, to): an exception opens what an `allow` window leaves shut, and cuts a piece out
 * of what a `deny` window shuts.
 */
export function withExceptions(
  options: { window: DeliveryWindow; exceptions: readonly Occurrence[] },
  from: number,
  to: number,
): Occurrence[] {
  const { exceptions, window } = options;
  const own = occurrences(window.spec, from, to);
  const touching = exceptions.filter(
    ({ start, end }) => start < to && end > from,
  );
  return window.spec.type === 'allow'
    ? [...own, ...touching]
    : touching
        .reduce(without, own)
        .filter(({ start, end }) => start < to && end > from);
}

function without(spans: Occurrence[], { start, end }: Occurrence) {
  return spans
    .flatMap(span => [
      { start: span.start, end: Math.min(span.end, start) },
      { start: Math.max(span.start, end), end: span.end },
    ])
    .filter(span => span.start < span.end);
}
