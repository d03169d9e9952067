import type {
  DeliveryWindow,
  WindowRef,
} from '@slipway/backstage-plugin-delivery-common';
import type { Occurrence } from '@slipway/backstage-plugin-slipway-node';
import { withExceptions } from './withExceptions';

/** Whether windows let changes through. Epoch milliseconds. */
export interface WindowsState {
  open: boolean;
  /** The next instant at which it opens; absent when it is open, or does not open for as far as is looked. */
  until?: number;
  /** While it is open, the next instant at which it closes; absent when it does not for as far as is looked. */
  closesAt?: number;
  /** The deny windows that are on, or else the allow windows of which one would have to be. */
  because: WindowRef[];
}

const dayMs = 86_400_000;

// Looked at in growing steps: most answers are near, and a yearly window must still be found.
const lookAheadDays = [8, 60, 400, 1500];

// More than that in one look, and the next one is not taken: it would be some four times as long.
const mostOccurrences = 1000;

/** A window, and the spans in which it keeps nobody out of one target. */
interface Excepted {
  window: DeliveryWindow;
  exceptions: readonly Occurrence[];
}

/** The state at `now` of those windows that fit one target. */
export function windowsState(
  windows: readonly DeliveryWindow[],
  now: number,
  exceptionsOf: (window: DeliveryWindow) => readonly Occurrence[] = () => [],
): WindowsState {
  const excepted = windows.map(window => ({
    window,
    exceptions: exceptionsOf(window),
  }));
  const ofType = (type: 'allow' | 'deny') =>
    excepted.filter(({ window }) => window.spec.type === type);
  const [deny, allow] = [ofType('deny'), ofType('allow')];
  const shut = on(deny, now);
  const allowed = on(allow, now);
  const open = !shut.length && (!allow.length || allowed.length > 0);
  const change = nextChange(deny, allow, now, open);
  if (open)
    return {
      open,
      because: [],
      ...(change !== undefined && { closesAt: change }),
    };
  return {
    open,
    because: shut.length ? shut : allow.map(({ window }) => windowRef(window)),
    ...(change !== undefined && { until: change }),
  };
}

function on(windows: readonly Excepted[], now: number): WindowRef[] {
  return windows.flatMap(one => {
    const last = withExceptions(one, now, now + 1).at(-1);
    return last ? [windowRef(one.window, last)] : [];
  });
}

function windowRef(
  { metadata, spec }: DeliveryWindow,
  occurrence?: Occurrence,
): WindowRef {
  return {
    name: metadata.name,
    title: metadata.title ?? metadata.name,
    type: spec.type,
    ...(occurrence && {
      start: new Date(occurrence.start).toISOString(),
      end: new Date(occurrence.end).toISOString(),
    }),
  };
}

function nextChange(
  deny: readonly Excepted[],
  allow: readonly Excepted[],
  now: number,
  open: boolean,
): number | undefined {
  for (const days of lookAheadDays) {
    const to = now + days * dayMs;
    const denying = within(deny, now, to);
    const allowing = within(allow, now, to);
    const shut = spans(denying);
    const permitted = allow.length ? spans(allowing) : undefined;
    // It can only change where an occurrence begins or ends.
    const instants = [...shut, ...(permitted ?? [])]
      .flatMap(({ start, end }) => [start, end])
      .filter(at => at > now && at < to)
      .sort((a, b) => a - b);
    const isShut = cursor(shut);
    const isAllowed = permitted && cursor(permitted);
    const found = instants.find(
      at => (!isShut(at) && (!isAllowed || isAllowed(at))) !== open,
    );
    if (found !== undefined) return found;
    if (denying.length + allowing.length > mostOccurrences) return undefined;
  }
  return undefined;
}

/** Whether an instant lies in a span; instants must be asked in ascending order. */
function cursor(merged: readonly Occurrence[]): (at: number) => boolean {
  let index = 0;
  return at => {
    while (index < merged.length && merged[index].end <= at) index++;
    return index < merged.length && merged[index].start <= at;
  };
}

function within(
  windows: readonly Excepted[],
  from: number,
  to: number,
): Occurrence[] {
  return windows.flatMap(one => withExceptions(one, from, to));
}

/** When at least one of them is on, without overlaps, by start. */
function spans(found: readonly Occurrence[]): Occurrence[] {
  const sorted = [...found].sort((a, b) => a.start - b.start);
  const merged: Occurrence[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
