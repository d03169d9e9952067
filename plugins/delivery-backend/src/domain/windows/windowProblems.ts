import type { WindowSpec } from '@slipway/backstage-plugin-delivery-common';
import {
  durationMs,
  type FieldProblem,
  firstOccurrence,
  occurrences,
  recurringTimeProblems,
} from '@slipway/backstage-plugin-slipway-node';
import { approvalProblems, sharedProblems } from '../pipeline/approvalProblems';
import type { PipelineFacts } from '../pipeline/PipelineFacts';

/** What is wrong with a window beyond its schema. Pointers are into the document. */
export function windowProblems(
  spec: WindowSpec,
  facts?: PipelineFacts,
): FieldProblem[] {
  const problems = [
    ...exceptionProblems(spec.exceptions, facts),
    ...recurringTimeProblems(spec).map(({ pointer, detail }) => ({
      pointer: `/spec${pointer}`,
      detail,
    })),
  ];
  if (problems.length || spec.recurrence === undefined) return problems;
  const first = firstOccurrence(spec);
  if (spec.type === 'deny' && first && neverOpens(spec, first.start))
    problems.push({
      pointer: '/spec/recurrence',
      detail:
        'never ends: each occurrence begins before the one before it is over, so nothing would ever be let through',
    });
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
