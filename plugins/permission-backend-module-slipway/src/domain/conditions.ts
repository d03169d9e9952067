import type { Caller, GrantCondition } from './roles';

/** One rule of the plugin that owns the resource, with its parameters. */
interface RuleCondition {
  rule: string;
  resourceType: string;
  params: Record<string, string[]>;
}

/** How a kind of resource answers the conditions of grants. A condition that is missing here cannot be asked of it. */
interface ResourceRules {
  /** The plugin that evaluates the rules. */
  pluginId: string;
  owner?: (caller: Caller) => Omit<RuleCondition, 'resourceType'>;
  tiers?: (tiers: readonly string[]) => Omit<RuleCondition, 'resourceType'>;
}

const RULES_BY_RESOURCE_TYPE: Record<string, ResourceRules> = {
  'catalog-entity': {
    pluginId: 'catalog',
    owner: caller => ({
      rule: 'IS_ENTITY_OWNER',
      params: { claims: [...caller.ownershipEntityRefs] },
    }),
  },
  'delivery-target': {
    pluginId: 'delivery',
    owner: caller => ({
      rule: 'IS_COMPONENT_OWNER',
      params: { claims: [...caller.ownershipEntityRefs] },
    }),
    tiers: tiers => ({
      rule: 'HAS_ENVIRONMENT_TIER',
      params: { tiers: [...tiers] },
    }),
  },
  // The scaffolder has no rule for the owner of a template or of an action; a task belongs to who started it.
  'scaffolder-task': {
    pluginId: 'scaffolder',
    owner: caller => ({
      rule: 'IS_TASK_OWNER',
      params: { createdBy: [caller.userEntityRef] },
    }),
  },
};

/** A grant's condition in the words of the plugin that owns the resource: all rules must hold. */
export interface TranslatedCondition {
  pluginId: string;
  resourceType: string;
  allOf: RuleCondition[];
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
  if (
    resourceType === undefined ||
    !Object.hasOwn(RULES_BY_RESOURCE_TYPE, resourceType)
  ) {
    return undefined;
  }
  const rules = RULES_BY_RESOURCE_TYPE[resourceType];
  const allOf: RuleCondition[] = [];
  if (when.owner) {
    if (!rules.owner) return undefined;
    allOf.push({ resourceType, ...rules.owner(caller) });
  }
  if (when.tiers) {
    if (!rules.tiers) return undefined;
    allOf.push({ resourceType, ...rules.tiers(when.tiers) });
  }
  return { pluginId: rules.pluginId, resourceType, allOf };
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
  return Object.values(RULES_BY_RESOURCE_TYPE).some(
    rules =>
      rules.pluginId === pluginId &&
      (!when.owner || rules.owner !== undefined) &&
      (!when.tiers || rules.tiers !== undefined),
  );
}
