import type { DeliveryWindow } from '@slipway/backstage-plugin-delivery-common';
import {
  type Occurrence,
  occurrences,
} from '@slipway/backstage-plugin-slipway-node';

/**
 * The windows that must let a target through, so that it is open in all of a span: every `deny` window that is on in it,
 * and one `allow` window where none is open throughout. Of several, one that takes exceptions.
 */
export function windowsToExcept(
  fitting: readonly DeliveryWindow[],
  { start, end }: Occurrence,
): DeliveryWindow[] {
  const deny = fitting.filter(
    ({ spec }) =>
      spec.type === 'deny' && occurrences(spec, start, end).length > 0,
  );
  const allow = fitting.filter(({ spec }) => spec.type === 'allow');
  if (!allow.length || isCovered({ start, end }, allow)) return deny;
  const [one = allow[0]] = allow.filter(({ spec }) => spec.exceptions);
  return [...deny, one];
}

function isCovered(
  { start, end }: Occurrence,
  windows: readonly DeliveryWindow[],
): boolean {
  const spans = windows
    .flatMap(({ spec }) => occurrences(spec, start, end))
    .sort((a, b) => a.start - b.start);
  let covered = start;
  for (const span of spans)
    if (span.start <= covered) covered = Math.max(covered, span.end);
  return covered >= end;
}
