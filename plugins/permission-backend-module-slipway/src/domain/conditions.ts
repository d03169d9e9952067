import type { Caller, GrantCondition } from './roles';

/** One rule of the plugin that owns the resource, with its parameters. */
export interface RuleCondition {
  rule: string;
  resourceType: string;
  params: Record<string, string[]>;
}

/** One part of a grant's condition. */
export type ConditionPart = keyof GrantCondition;

/** What somebody asks about: full, lower-case references of a component and of an environment. */
export interface Subject {
  componentRef?: string;
  environmentRef?: string;
}

/** How a kind of resource answers the conditions of grants. A condition that is missing here cannot be asked of it. */
interface ResourceRules {
  /** The plugin that evaluates the rules. */
  pluginId: string;
  /** What people call such a resource. */
  noun: string;
  owner?: (caller: Caller) => Omit<RuleCondition, 'resourceType'>;
  tiers?: (tiers: readonly string[]) => Omit<RuleCondition, 'resourceType'>;
  /** The resource's reference at its plugin; undefined if a subject is not enough to answer that part. */
  refOf: (subject: Subject, part: ConditionPart) => string | undefined;
}

/** A plugin's component in an environment. */
function targetRules(pluginId: string): ResourceRules {
  return {
    pluginId,
    noun: 'the component',
    owner: caller => ({
      rule: 'IS_COMPONENT_OWNER',
      params: { claims: [...caller.ownershipEntityRefs] },
    }),
    tiers: tiers => ({
      rule: 'HAS_ENVIRONMENT_TIER',
      params: { tiers: [...tiers] },
    }),
    refOf: ({ componentRef, environmentRef }, part) => {
      if (componentRef && environmentRef)
        return `${componentRef}@${environmentRef}`;
      // A missing environment is taken for "none is concerned", which is not what an open question means.
      return part === 'owner' ? componentRef : undefined;
    },
  };
}

const RULES_BY_RESOURCE_TYPE: Record<string, ResourceRules> = {
  'catalog-entity': {
    pluginId: 'catalog',
    noun: 'the entity',
    owner: caller => ({
      rule: 'IS_ENTITY_OWNER',
      params: { claims: [...caller.ownershipEntityRefs] },
    }),
    refOf: ({ componentRef }) => componentRef,
  },
  'delivery-target': targetRules('delivery'),
  'scaling-target': targetRules('scaling'),
  // The scaffolder has no rule for the owner of a template or of an action; a task belongs to who started it.
  'scaffolder-task': {
    pluginId: 'scaffolder',
    noun: 'the template run',
    owner: caller => ({
      rule: 'IS_TASK_OWNER',
      params: { createdBy: [caller.userEntityRef] },
    }),
    refOf: () => undefined,
  },
};

/** A grant's condition in the words of the plugin that owns the resource: all rules must hold. */
export interface TranslatedCondition {
  pluginId: string;
  resourceType: string;
  /** In the order of `partsOf`. */
  allOf: RuleCondition[];
}

/** The parts that a condition has. */
export function partsOf(when: GrantCondition): ConditionPart[] {
  return (['owner', 'tiers'] as const).filter(part => when[part] !== undefined);
}

/**
 * Puts a grant's condition into rules for a type of resource.
 *
 * Returns undefined if that type cannot answer all of it, or if there is no resource to ask
 * (`resourceType` is undefined): such a grant must not count.
 */
export function translateCondition(
  when: GrantCondition,
  resourceType: string | undefined,
  caller: Caller,
): TranslatedCondition | undefined {
  const rules = rulesFor(resourceType);
  if (resourceType === undefined || !rules) {
    return undefined;
  }
  const allOf: RuleCondition[] = [];
  for (const part of partsOf(when)) {
    const rule =
      part === 'owner'
        ? rules.owner?.(caller)
        : rules.tiers?.(when.tiers ?? []);
    if (!rule) return undefined;
    allOf.push({ resourceType, ...rule });
  }
  return { pluginId: rules.pluginId, resourceType, allOf };
}

/** Whether resources of a type can answer all of a condition. */
export function canAnswer(
  when: GrantCondition,
  resourceType: string | undefined,
): boolean {
  const rules = rulesFor(resourceType);
  return (
    rules !== undefined &&
    partsOf(when).every(part => rules[part] !== undefined)
  );
}

/** What a resource is called at its plugin, or undefined if the subject is not enough to answer that part. */
export function resourceRefFor(
  resourceType: string,
  subject: Subject,
  part: ConditionPart,
): string | undefined {
  return rulesFor(resourceType)?.refOf(subject, part);
}

/** What people call a resource of a type. */
export function nounFor(resourceType: string | undefined): string {
  return rulesFor(resourceType)?.noun ?? 'it';
}

/**
 * Whether any resource of the plugin that a permission belongs to (the first part of its name) could answer the
 * condition. Only a hint for who writes the config: what type of resource a permission is about is known
 * when it is asked for.
 */
export function conditionIsThinkable(
  permissionName: string,
  when: GrantCondition,
): boolean {
  const [pluginId] = permissionName.split('.');
  return Object.entries(RULES_BY_RESOURCE_TYPE).some(
    ([resourceType, rules]) =>
      rules.pluginId === pluginId && canAnswer(when, resourceType),
  );
}

function rulesFor(resourceType: string | undefined): ResourceRules | undefined {
  // A name such as "constructor" must not find what every object has.
  return resourceType !== undefined &&
    Object.hasOwn(RULES_BY_RESOURCE_TYPE, resourceType)
    ? RULES_BY_RESOURCE_TYPE[resourceType]
    : undefined;
}
