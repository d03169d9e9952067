import type {
  ApprovalGate,
  Gate,
} from '@slipway/backstage-plugin-delivery-common';
import type { FieldProblem } from '@slipway/backstage-plugin-slipway-node';
import { assignPeople } from '../gates/assignPeople';
import { canonical } from './canonical';
import type { PipelineFacts } from './PipelineFacts';

/** What is wrong with an approval beyond its schema: nobody, unknown people, or fewer than must agree. */
export function approvalProblems(
  { rules = [], approvers = [] }: ApprovalGate,
  facts: PipelineFacts | undefined,
): FieldProblem[] {
  if (!rules.length && !approvers.length)
    return [
      { pointer: '', detail: 'needs rules or approvers: nobody could agree' },
    ];
  if (!facts) return [];
  const problems: FieldProblem[] = [];
  approvers.forEach((approver, index) => {
    const ref = canonical(approver);
    if (!ref || !facts.users.has(ref))
      problems.push({
        pointer: `/approvers/${index}`,
        detail: `the catalog has no user ${ref ?? `'${approver}'`}`,
      });
  });
  rules.forEach(({ group, atLeast }, index) => {
    const ref = canonical(group);
    const members = ref && facts.members.get(ref);
    if (!members)
      problems.push({
        pointer: `/rules/${index}/group`,
        detail: `the catalog has no group ${ref ?? `'${group}'`}`,
      });
    else if (new Set(members).size < atLeast)
      problems.push({
        pointer: `/rules/${index}/atLeast`,
        detail: `can never be met: ${ref} has ${inPeople(new Set(members).size)}, and ${atLeast} must agree`,
      });
  });
  return problems;
}

/** One person counts once, in one place: all seats of a stage's gates must be taken by different people. */
export function sharedProblems(
  gates: Gate[],
  facts: PipelineFacts,
): FieldProblem[] {
  const asking = gates.flatMap(({ approval }, index) =>
    approval ? [{ index, ...approval }] : [],
  );
  const numbers = new Map<string, number>();
  const numberOf = (person: string) => {
    const number = numbers.get(person) ?? numbers.size;
    numbers.set(person, number);
    return number;
  };
  const seats = asking.flatMap(({ rules = [], approvers = [] }) => [
    ...approvers.map(person => [numberOf(canonical(person) ?? person)]),
    ...rules.flatMap(({ group, atLeast }) => {
      const members = facts.members.get(canonical(group) ?? group) ?? [];
      return Array.from({ length: atLeast }, () => members.map(numberOf));
    }),
  ]);
  const filled = assignPeople(seats).filter(person => person !== undefined);
  if (filled.length === seats.length) return [];
  const [{ index, rules }] = asking;
  const only = `/gates/${index}/approval/${rules ? 'rules' : 'approvers'}`;
  return [
    {
      pointer: asking.length === 1 ? only : '/gates',
      detail: `can never be met together: they need ${seats.length} different people, and at most ${filled.length} can fill them; one person counts once`,
    },
  ];
}

function inPeople(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}
