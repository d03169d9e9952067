import type { WindowFacts } from '../gates/facts';

/** Why windows let nothing begin. */
export function closedInWords({ because, unknown }: WindowFacts): string {
  if (unknown !== undefined) return unknown;
  return isDenied(because)
    ? `Frozen by ${namesOf(because)}`
    : `Outside of ${namesOf(because)}`;
}

/** Why windows let nothing go on that is under way, and until when. */
export function heldInWords({ because, until, unknown }: WindowFacts): string {
  if (unknown !== undefined) return `Held: ${unknown}`;
  const held = isDenied(because)
    ? `Held by ${namesOf(because)}`
    : `Held outside of ${namesOf(because)}`;
  if (until === undefined) return held;
  const [date, time] = new Date(until).toISOString().split('T');
  return `${held} until ${date} ${time.slice(0, 5)} UTC`;
}

function isDenied(because: WindowFacts['because']): boolean {
  return because.some(({ type }) => type === 'deny');
}

function namesOf(because: WindowFacts['because']): string {
  return because.map(({ title }) => title).join(', ');
}
