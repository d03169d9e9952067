import type { AskApprovalRequest } from '@slipway/backstage-plugin-delivery-common';
import { FieldError } from '@slipway/backstage-plugin-slipway-node';
import { approvalProblems, sharedProblems } from '../pipeline/approvalProblems';
import type { PipelineFacts } from '../pipeline/PipelineFacts';

/** Throws `FieldError` when the people who are asked are not there, or too few beside who asks. */
export function assertCanBeMet(
  approval: AskApprovalRequest['approval'],
  requestedBy: string,
  { members, users, ...facts }: PipelineFacts,
): void {
  const { approvers = [], excludeRequester = true } = approval;
  const own = approvers.indexOf(requestedBy);
  if (excludeRequester && own !== -1)
    throw new FieldError([
      {
        pointer: `/approval/approvers/${own}`,
        detail: `${requestedBy} asks, and may not agree as well`,
      },
    ]);
  const others = (refs: Iterable<string>) =>
    [...refs].filter(ref => !excludeRequester || ref !== requestedBy);
  const possible = {
    ...facts,
    users: new Set(others(users)),
    members: new Map(
      [...members].map(([group, refs]) => [group, others(refs)]),
    ),
  };
  const problems = approvalProblems(approval, possible);
  if (!problems.length)
    problems.push(...sharedProblems([{ approval }], possible));
  if (problems.length)
    throw new FieldError(
      problems.map(({ pointer, detail }) => ({
        pointer: pointer.startsWith('/gates/0')
          ? pointer.slice('/gates/0'.length)
          : `/approval${pointer}`,
        detail,
      })),
    );
}
