import type {
  AccessExplanation,
  AccessVerdict,
} from '@slipway/backstage-plugin-access-common';
import { accessRule } from './accessRule';
import { partsOf, type RuleCondition, type Subject } from './conditions';
import {
  grantsNaming,
  isUnanswerable,
  type AskedPermission,
  type Decision,
  type NamingGrant,
} from './decide';
import { explanationMessage } from './explanationMessage';
import { membershipOf, type Caller, type Role } from './roles';
import { conditionText, foundText, type SubjectFacts } from './words';

/** What the owning plugin said of a condition. A condition that was not asked is not in it. */
export type Answers = ReadonlyMap<RuleCondition, boolean>;

type Outcome = AccessExplanation['rules'][number]['outcome'];

/** Grants that name the permission, of roles that the caller does not have: what would help. */
export function grantsNotHeld(
  roles: readonly Role[],
  permission: AskedPermission,
  caller: Caller,
): NamingGrant[] {
  return roles
    .filter(role => membershipOf(role, caller) === undefined)
    .flatMap(role => grantsNaming(role, permission, caller))
    .filter(grant => !isUnanswerable(grant));
}

/**
 * A decision in words. `decision` is the policy's, `notHeld` from `grantsNotHeld`, and `answers` what the plugin
 * that owns the resource said of their conditions: this adds no opinion of its own.
 */
export function explain({
  roles,
  permission,
  caller,
  displayName,
  decision,
  notHeld,
  subject,
  facts,
  answers,
}: {
  roles: readonly Role[];
  permission: AskedPermission;
  caller: Caller;
  displayName: string;
  decision: Decision;
  notHeld: readonly NamingGrant[];
  subject: Subject;
  facts: SubjectFacts;
  answers: Answers;
}): AccessExplanation {
  const { resourceType } = permission;
  const rules = decision.naming.map(grant => ({
    ...accessRule(roles, grant, resourceType),
    through: grant.through,
    outcome: outcomeOf(grant, answers),
    checks: checksOf(grant, resourceType, facts, answers),
  }));
  const verdict = verdictOf(
    decision,
    rules.map(({ outcome }) => outcome),
  );
  const wouldAllow =
    verdict === 'deny'
      ? notHeld
          .filter(grant => outcomeOf(grant, answers) !== 'fails')
          .map(grant => accessRule(roles, grant, resourceType))
      : [];
  const answer = {
    userEntityRef: caller.userEntityRef,
    permission: permission.name,
    ...subject,
    verdict,
    rules,
    wouldAllow,
  };
  return { ...answer, message: explanationMessage(answer, displayName) };
}

function verdictOf(decision: Decision, outcomes: Outcome[]): AccessVerdict {
  if (decision.result !== 'conditional') return decision.result;
  if (outcomes.includes('applies')) return 'allow';
  return outcomes.includes('depends') ? 'conditional' : 'deny';
}

function outcomeOf(grant: NamingGrant, answers: Answers): Outcome {
  if (isUnanswerable(grant)) return 'unanswerable';
  const held = grant.condition?.allOf.map(rule => answers.get(rule)) ?? [];
  if (held.includes(false)) return 'fails';
  return held.includes(undefined) ? 'depends' : 'applies';
}

function checksOf(
  { when, condition }: NamingGrant,
  resourceType: string | undefined,
  facts: SubjectFacts,
  answers: Answers,
) {
  if (!when) return [];
  return partsOf(when).map((part, index) => {
    const holds = condition && answers.get(condition.allOf[index]);
    return {
      text: conditionText(part, when, resourceType),
      ...(holds !== undefined && { holds, found: foundText(part, facts) }),
    };
  });
}
