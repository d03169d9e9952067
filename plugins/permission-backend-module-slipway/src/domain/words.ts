import { nounFor, type ConditionPart } from './conditions';
import type { GrantCondition } from './roles';

/** What is known of the component and the environment that somebody asks about. */
export interface SubjectFacts {
  /** References; empty if the component has no owner. Missing if no component was given. */
  owners?: string[];
  /** Missing if no environment was given, or if the environment says none. */
  tier?: string;
}

/** One part of a condition, as what must hold: "the environment is of tier development or staging". */
export function conditionText(
  part: ConditionPart,
  when: GrantCondition,
  resourceType?: string,
): string {
  return part === 'owner'
    ? `they or a group of theirs own ${nounFor(resourceType)}`
    : `the environment is of tier ${listed(when.tiers ?? [], 'or')}`;
}

/** What was found where a part of a condition looks: "the tier is production". */
export function foundText(
  part: ConditionPart,
  { owners, tier }: SubjectFacts,
): string {
  if (part === 'tiers') {
    // Plugins hold what says no tier to the strictest rules.
    return tier
      ? `the tier is ${tier}`
      : 'no tier is given, which counts as production';
  }
  if (!owners?.length) return 'it has no owner';
  return owners.length === 1
    ? `the owner is ${owners[0]}`
    : `the owners are ${listed(owners, 'and')}`;
}

/** How somebody came to a role, to be put behind the role's title. */
export function throughText(through: string, userEntityRef: string): string {
  if (through === '*') return 'which everybody who is signed in has';
  return through === userEntityRef
    ? 'given to them by name'
    : `through ${through}`;
}

/** "a", "a or b", "a, b or c". */
export function listed(words: readonly string[], joiner: 'and' | 'or'): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${joiner} ${words.at(-1)}`;
}
