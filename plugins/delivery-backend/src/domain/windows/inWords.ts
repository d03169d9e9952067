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
  return `${held} until ${inUtc(until)}`;
}

/** Why windows let changes through. */
export function openInWords({ exceptions = [] }: WindowFacts): string {
  if (!exceptions.length) return 'Changes are allowed now';
  const until = Math.min(...exceptions.map(one => one.until));
  const people = [...new Set(exceptions.flatMap(one => one.approvedBy))];
  return `Open until ${inUtc(until)} by an exception that ${people.join(' and ')} approved`;
}

/** To the minute. */
export function inUtc(instant: number): string {
  const [date, time] = new Date(instant).toISOString().split('T');
  return `${date} ${time.slice(0, 5)} UTC`;
}

function isDenied(because: WindowFacts['because']): boolean {
  return because.some(({ type }) => type === 'deny');
}

function namesOf(because: WindowFacts['because']): string {
  return because.map(({ title }) => title).join(', ');
}
