import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  TargetMatch,
  Tier,
} from '@slipway/backstage-plugin-delivery-common';

/** A component in an environment. References are canonical (lower case, with kind and namespace). */
export interface WindowTarget {
  tier: Tier;
  environmentRef: string;
  componentRef: string;
  systemRef?: string;
}

/** Whether every key that is given fits; one entry of a key is enough. */
export function matches(
  match: TargetMatch | undefined,
  target: WindowTarget,
): boolean {
  const { tiers, environments, systems, components } = match ?? {};
  return (
    (!tiers || tiers.includes(target.tier)) &&
    named(environments, target.environmentRef) &&
    named(systems, target.systemRef) &&
    named(components, target.componentRef)
  );
}

function named(refs: string[] | undefined, ref: string | undefined): boolean {
  return (
    !refs ||
    refs.some(entry => stringifyEntityRef(parseEntityRef(entry)) === ref)
  );
}
