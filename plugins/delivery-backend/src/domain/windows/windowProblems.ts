import type { WindowSpec } from '@slipway/backstage-plugin-delivery-common';
import type { FieldProblem } from '@slipway/backstage-plugin-slipway-node';
import { durationMs } from '../duration';
import { approvalProblems, sharedProblems } from '../pipeline/approvalProblems';
import type { PipelineFacts } from '../pipeline/PipelineFacts';
import { isTimeZone, localStart } from './localTime';
import { type Occurrence, occurrences } from './occurrences';
import { parseRecurrence } from './recurrence';

const yearMs = 366 * 86_400_000;

/** What is wrong with a window beyond its schema. Pointers are into the document. */
export function windowProblems(
  spec: WindowSpec,
  facts?: PipelineFacts,
): FieldProblem[] {
  const problems = exceptionProblems(spec.exceptions, facts);
  const refuse = (field: string, detail: string) =>
    problems.push({ pointer: `/spec/${field}`, detail });
  if (!isTimeZone(spec.timeZone))
    refuse(
      'timeZone',
      `there is no time zone '${spec.timeZone}'; write one of IANA's, such as Europe/Berlin`,
    );
  if (durationMs(spec.duration) === 0)
    refuse('duration', 'must be more than 0');
  if (durationMs(spec.duration) > yearMs)
    refuse('duration', 'must be at most 366 days');
  const start = startOf(spec.start);
  if (start === undefined)
    refuse('start', `'${spec.start}' is no date and time`);
  if (problems.length || start === undefined || spec.recurrence === undefined)
    return problems;
  try {
    parseRecurrence(spec.recurrence, start, spec.timeZone);
  } catch (error) {
    refuse('recurrence', error instanceof Error ? error.message : `${error}`);
    return problems;
  }
  const first = firstAfter(spec, start - 2 * 86_400_000);
  if (!first)
    refuse('recurrence', 'never happens: there is no such day in 50 years');
  else if (spec.type === 'deny' && neverOpens(spec, first.start))
    refuse(
      'recurrence',
      'never ends: each occurrence begins before the one before it is over, so nothing would ever be let through',
    );
  return problems;
}

/** Exceptions that nobody could ever give. */
function exceptionProblems(
  exceptions: WindowSpec['exceptions'],
  facts: PipelineFacts | undefined,
): FieldProblem[] {
  if (!exceptions) return [];
  const { approval, longest } = exceptions;
  const at = '/spec/exceptions';
  const problems = approvalProblems(approval, facts).map(
    ({ pointer, detail }) => ({ pointer: `${at}/approval${pointer}`, detail }),
  );
  if (facts && !problems.length)
    problems.push(
      ...sharedProblems([{ approval }], facts).map(({ detail }) => ({
        pointer: `${at}/approval`,
        detail,
      })),
    );
  if (longest !== undefined && durationMs(longest) === 0)
    problems.push({ pointer: `${at}/longest`, detail: 'must be more than 0' });
  return problems;
}

function startOf(start: string): number | undefined {
  try {
    return localStart(start);
  } catch {
    return undefined;
  }
}

// Soon, else year by year, so that a frequent rule is not spelt out over all of them.
function firstAfter(spec: WindowSpec, from: number): Occurrence | undefined {
  const [soon] = occurrences(spec, from, from + 9 * 86_400_000);
  if (soon) return soon;
  for (let year = 0; year < 50; year++) {
    const [found] = occurrences(
      spec,
      from + year * yearMs,
      from + (year + 1) * yearMs,
    );
    if (found) return found;
  }
  return undefined;
}

// Two years show every gap of a yearly rule. One that ends by COUNT or UNTIL opens again after.
function neverOpens(spec: WindowSpec, from: number): boolean {
  if (/(COUNT|UNTIL)=/.test(spec.recurrence ?? '')) return false;
  let closedUntil = from;
  for (let day = 0; day < 2 * 366; day += 30) {
    const to = from + (day + 30) * 86_400_000;
    for (const { start, end } of occurrences(spec, closedUntil, to)) {
      if (start > closedUntil) return false;
      closedUntil = Math.max(closedUntil, end);
    }
    if (closedUntil < to) return false;
  }
  return true;
}
